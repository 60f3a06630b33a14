internal import SocketModel

/// What TCP and UDP sockets have in common: addresses and ports, of either family.
///
/// A dual-stack socket keeps IPv4 addresses as such, and shows them mapped into IPv6.
class InternetSocket: SimulatedSocket {
    /// The address it is bound to, or sends from; any while it has none.
    final var local: IPAddress
    final var localPort: UInt16 = 0
    /// As the kernel: what a connection by IPv6 has given an address gets another, of which nothing shows, with one by IPv4.
    final var ipv4Source: IPv4Address?
    @safe @exclusivity(unchecked) final var remote: IPAddress?
    final var remotePort: UInt16 = 0
    /// Whether `bind` chose the address, and whether the port, which outlive a connection then: `SOCK_BINDADDR_LOCK`, `SOCK_BINDPORT_LOCK`.
    final var hasChosenAddress = false
    final var hasChosenPort = false
    /// Whether the port is taken: a socket whose connection has ended may show one that is not its own any more.
    final var holdsPort = false
    /// The way that the last datagram took.
    private final var lastRoute: (address: IPAddress, path: Path)?
    /// The way to its peer, found once.
    @safe @exclusivity(unchecked) final var path: Path?

    override init(_ kernel: HostKernel, _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol) {
        local = Self.anyAddress(family)
        super.init(kernel, family, type, number)
    }

    final func initialAddress() -> IPAddress { Self.anyAddress(family) }

    private static func anyAddress(_ family: AddressFamily) -> IPAddress { family == .ipv6 ? .v6(.any) : .v4(.any) }

    final var isIPv6Only: Bool { family == .ipv6 && options.isIPv6Only }

    /// An address and a port as this socket's family writes them.
    final func shown(_ address: IPAddress, _ port: UInt16) -> SocketAddress {
        let address = SocketAddress(address, port: port)
        return family == .ipv6 ? address.mapped : address
    }

    override final var localAddress: SocketAddress { shown(local, localPort) }

    override func peerAddress() throws(Errno) -> SocketAddress {
        guard let formerPeer else { throw .socketNotConnected }
        return formerPeer
    }

    override final var formerPeer: SocketAddress? {
        guard let remote, remotePort != 0 else { return nil }
        return shown(remote, remotePort)
    }

    override func liveOption(_ key: OptionKey, length: Int) throws(Errno) -> OptionBytes? {
        try readInternet(key, length)
    }
    override func checkOption(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) { try checkInternet(key) }
    override func performOption(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) {
        try performInternet(key, bytes)
    }

    // MARK: Names

    override func bind(_ address: SocketAddress) throws(Errno) {
        let (ip, port) = try bindable(address)
        guard canBind else { throw .invalidArgument }
        let previous = options
        local = ip
        // One address of IPv6 leaves no room for IPv4.
        if case .v6 = ip, !ip.isAny { options.becomeIPv6Only() }
        do throws(Errno) {
            // As the kernel: who wants no port yet gets one with a peer, or when it listens.
            if port != 0 || !options.isOn(.bindAddressNoPort) { try takePort(port) }
        } catch {
            (local, options) = (initialAddress(), previous)
            throw error
        }
        (hasChosenAddress, hasChosenPort) = (!ip.isAny, port != 0)
    }

    /// Whether it has no port yet, nor a connection.
    var canBind: Bool { !hasNumber }

    /// Whether a port is its own: `inet_num`.
    var hasNumber: Bool { holdsPort }

    /// Takes a port that is free for its address, any if 0.
    func takePort(_ port: UInt16) throws(Errno) { throw .notSupported }

    /// A port that is free: the one asked for, or for 0 any of those that are given to who asks for none.
    final func freePort(_ port: UInt16, _ isFree: (UInt16) -> Bool) throws(Errno) -> UInt16 {
        let found =
            port == 0
            ? kernel.ports.ephemeralCandidates(options.automaticPorts).first(where: isFree) : isFree(port) ? port : nil
        guard let found else { throw .addressInUse }
        return found
    }

    /// Takes any port, if it has none: `inet_autobind`, which tells that there is none by `EAGAIN`.
    final func takeAnyPort() throws(Errno) {
        if holdsPort { return }
        do throws(Errno) { try takePort(0) } catch { throw .wouldBlock }
    }

    private func bindable(_ address: SocketAddress) throws(Errno) -> (IPAddress, UInt16) {
        switch address {
        case .ipv4(let ip, let port):
            // An IPv4 address is shorter than IPv6's structure.
            guard family == .ipv4 else { throw .invalidArgument }
            return (.v4(try local(ip)), port)
        case .ipv6(let ip, let port, _, let zone):
            guard family == .ipv6 else { throw .addressFamilyNotSupported }
            if ip.isMulticast && type == .stream || !canBind { throw .invalidArgument }
            if let mapped = ip.mappedIPv4 {
                if isIPv6Only { throw .invalidArgument }
                return (.v4(try local(mapped)), port)
            }
            return (try local(ip, zone), port)
        // Too short for an address.
        case .unix, .other: throw .invalidArgument
        }
    }

    private func local(_ ip: IPv4Address) throws(Errno) -> IPv4Address {
        let isOwn = ip.isAny || ip.isBroadcast || ip.isMulticast || ip == HostAddresses.broadcast
        guard isOwn || kernel.addresses.contains(.v4(ip)) || options.isFreeBind else { throw .addressNotAvailable }
        return ip
    }

    private func local(_ ip: IPv6Address, _ zone: Zone?) throws(Errno) -> IPAddress {
        if ip.isLinkLocal || ip.isMulticast && ip.isLinkLocalMulticast {
            guard let zone else { throw .invalidArgument }
            guard case .index(HostAddresses.interfaceIndex) = zone else { throw .addressNotAvailable }
        }
        guard ip.isAny || ip.isMulticast || kernel.addresses.contains(.v6(ip)) || options.isFreeBind else {
            throw .addressNotAvailable
        }
        return .v6(ip)
    }

    /// The address and port of a peer, as packets carry them: of any the host's own.
    final func destination(_ address: SocketAddress) throws(Errno) -> (IPAddress, UInt16) {
        switch address {
        case .ipv4(let ip, let port): return (try destination(ip), port)
        case .ipv6(let ip, let port, _, let zone):
            guard family == .ipv6 else { throw .addressFamilyNotSupported }
            if let mapped = ip.mappedIPv4 { return (try destination(mapped), port) }
            if ip.isAny, local.family == .ipv4 { return (.v4(.loopback), port) }
            if ip.isLinkLocal, zone == nil { throw .invalidArgument }
            return (.v6(ip.isAny ? .loopback : ip), port)
        // Too short for an address.
        case .unix, .other: throw .invalidArgument
        }
    }

    /// What has an address of IPv4 reaches no address of IPv6.
    final func checkFamily(of target: IPAddress) throws(Errno) {
        if target.family == .ipv6, local.family == .ipv4 { throw .addressFamilyNotSupported }
    }

    /// As the kernel: any is the address that the socket has, or else loopback.
    private func destination(_ ip: IPv4Address) throws(Errno) -> IPAddress {
        if isIPv6Only { throw .networkUnreachable }
        if ip.isAny, let own = source(to: .v4(ip)) { return own }
        return .v4(ip.isAny ? .loopback : ip)
    }

    /// Whether it would take what is sent to that address of its host.
    final func accepts(_ address: IPAddress) -> Bool {
        if local == address { return true }
        switch (local, address) {
        case (.v4(let own), .v4): return own.isAny
        case (.v6(let own, _), .v6): return own.isAny
        case (.v6(let own, _), .v4): return own.isAny && !isIPv6Only
        case (.v4, .v6): return false
        }
    }

    /// Whether there is an address that both would have.
    final func overlaps(_ other: InternetSocket) -> Bool {
        accepts(other.local) || other.accepts(local) || isAnyOfIPv4 && other.mayHaveIPv4
    }

    /// As the kernel: whoever wants all of IPv4 meets also those of IPv6 that only their connection has given an address.
    final var isAnyOfIPv4: Bool { family == .ipv4 && local.isAny }
    final var mayHaveIPv4: Bool { family == .ipv6 && !isIPv6Only }

    /// The address it sends from; nil if that is still to be chosen.
    final var source: IPAddress? { local.isAny || local.isMulticast || local.isBroadcastAddress ? nil : local }

    /// As ``source``, of the family of an address.
    final func source(to destination: IPAddress) -> IPAddress? {
        if local.family == destination.family { return source }
        return destination.family == .ipv4 ? ipv4Source.map(IPAddress.v4) : nil
    }

    // MARK: Sending

    /// The way to an address, of which the last is remembered; nil if nobody on the network has the address.
    final func route(to address: IPAddress) throws(Errno) -> Path? {
        if remote == address, let path { return path }
        if let lastRoute, lastRoute.address == address { return lastRoute.path }
        guard let path = try path(to: address) else { return nil }
        lastRoute = (address, path)
        return path
    }

    /// The host that has an address, seen from here.
    ///
    /// - Throws: `ENETUNREACH` for an address that no way leads to.
    final func path(to address: IPAddress) throws(Errno) -> Path? {
        guard let host = kernel.host else { throw .networkDown }
        if address.isLoopback || address.isAny || kernel.addresses.contains(address) { return host.path(to: host) }
        let owner = kernel.world.fabric.owner(of: address)
        guard owner != nil || Fabric.isOnLink(address) else { throw .networkUnreachable }
        // As the kernel: an address of loopback does not leave its host by IPv4. By IPv6 it does, and nobody takes it.
        if case .v4(let own)? = source(to: address), own.isLoopback { throw .invalidArgument }
        return owner.map { host.path(to: $0) }
    }
}

extension IPv6Address {
    /// Whether a group's scope is the link, or less.
    fileprivate var isLinkLocalMulticast: Bool { (high >> 48) & 0xF <= 2 }
}
