internal import SocketModel

// Options of UDP sockets that are more than values.
extension UDPSocket {
    func performLive(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) {
        let number = Int32(key.number)
        switch key {
        case .multicastInterface: try setMulticastInterface(bytes)
        case _ where key.isIPv4:
            guard let call = try GroupCall(ip: number, bytes, kernel.addresses) else {
                return try performInternet(key, bytes)
            }
            try change(call)
        default:
            guard let call = try GroupCall(ipv6: number, bytes) else { return try performInternet(key, bytes) }
            try change(call)
        }
    }

    /// `struct in_addr`, `struct ip_mreq` or `struct ip_mreqn`.
    private func setMulticastInterface(_ bytes: OptionBytes) throws(Errno) {
        guard bytes.count >= 4, let value = try? IPv4MulticastInterface(optionBytes: bytes) else {
            throw .invalidArgument
        }
        let index = UInt32(bitPattern: value.index)
        let named = index == 0 ? kernel.addresses.interface(named: value.address) : index
        guard let named, named <= UInt32(HostAddresses.interfaces.count) else { throw .addressNotAvailable }
        options.chooseMulticastInterface(named, value.address)
    }

    /// The interface its multicasts leave by, 0 for any, and the address they are sent from.
    func multicastInterface(to group: IPAddress) -> (number: Int, address: IPAddress?) {
        guard case .v4 = group else { return (Int(options.value(.multicastInterface6, initial: 0)), nil) }
        let (number, address) = options.multicastInterface
        // As the kernel: whoever sends from loopback sends by it.
        if number == 0, local.isLoopback { return (Int(HostAddresses.loopbackIndex), nil) }
        return (Int(number), address.isAny ? nil : .v4(address))
    }

    /// Whether the sockets of this host are to hear its multicasts.
    func hearsItself(_ group: IPAddress) -> Bool {
        let key: OptionKey = if case .v4 = group { .multicastLoop } else { .multicastLoop6 }
        return options.value(key, initial: 1) != 0
    }
}
