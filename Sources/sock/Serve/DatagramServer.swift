import Sockets

/// Answers datagrams, one after the other, from the socket and the address they came to.
struct DatagramServer {
    private let network: Network
    private let socket: Socket
    private let service: ServiceName
    private let tally: Tally
    private let controlCapacity: Int

    /// A socket bound to every address is told which one a datagram came to: otherwise the system would pick the answer's source by its
    /// route, and a peer that asked another address would not recognise it.
    init(_ network: Network, _ socket: Socket, _ service: ServiceName, _ tally: Tally) throws(SocketError) {
        self.network = network
        self.socket = socket
        self.service = service
        self.tally = tally
        guard try socket.localAddress().ip?.isAny == true else {
            controlCapacity = 0
            return
        }
        if socket.family == .ipv6 {
            try socket.set(.ipv6.receivePacketInfo, true)
        } else {
            try socket.set(.ip.receivePacketInfo, true)
        }
        controlCapacity = ControlMessage.capacity(for: [.packetInfo])
    }

    /// Returns when the network has been closed.
    func run() throws(SocketError) {
        var memory = [[UInt8](repeating: 0, count: 65_536)]
        var served = 0
        while true {
            do throws(SocketError) {
                // Datagrams have no end: nil cannot come.
                guard let (count, message) = try socket.receiveMessage(into: &memory, controlCapacity: controlCapacity)
                else { continue }
                let sent = answer(memory[0][..<count], to: message, number: served)
                tally.add(received: count, sent: sent)
                served += 1
            } catch {
                if network.isClosed { return }
                try recover(error)
            }
        }
    }

    /// How many bytes were sent; an error concerns this datagram only.
    private func answer(_ bytes: ArraySlice<UInt8>, to message: Message, number: Int) -> Int {
        // A UNIX sender without a name cannot be answered.
        guard let sender = message.sender, !sender.isUnspecified, sender != .unix(.unnamed) else { return 0 }
        let answer =
            switch service {
            case .echo: bytes
            case .discard: ArraySlice<UInt8>?.none
            case .chargen: characters(number)
            }
        guard let answer else { return 0 }
        do throws(SocketError) {
            return try socket.sendMessage([answer], control: source(message), to: sender)
        } catch {
            if !network.isClosed { complain("serve: datagram from \(sender): \(error)") }
            return 0
        }
    }

    /// The address a datagram came to, as the source of its answer; groups and broadcasts cannot be one.
    private func source(_ message: Message) -> [ControlMessage] {
        message.control.compactMap { control in
            switch control {
            case .ipv4PacketInfo(let info): return .ipv4PacketInfo(IPv4PacketInfo(localAddress: info.localAddress))
            case .ipv6PacketInfo(let info) where !info.address.isMulticast:
                // Only a link-local address needs its interface: elsewhere the route decides.
                return .ipv6PacketInfo(
                    IPv6PacketInfo(
                        address: info.address, interfaceIndex: info.address.isLinkLocal ? info.interfaceIndex : 0))
            default: return nil
            }
        }
    }

    /// RFC 864: a random number of characters, 0...512, of the pattern; each datagram begins a line further.
    private func characters(_ number: Int) -> ArraySlice<UInt8> {
        var random = network.random
        let start = number % 95 * CharacterPattern.lineLength
        return CharacterPattern.run[start..<start + Int.random(in: 0...512, using: &random)]
    }

    /// Earlier answers' errors arrive at a later receive, and are no reason to end.
    private func recover(_ error: SocketError) throws(SocketError) {
        switch error.code {
        case .connectionRefused, .connectionReset, .hostUnreachable, .networkUnreachable, .messageTooLong,
            .permissionDenied:
            complain("serve: \(error)")
        case .outOfResources:
            complain("serve: \(error); trying again in 100 ms")
            // Closing the network ends it early; the next call says so.
            try? network.sleep(for: .milliseconds(100))
        default: throw error
        }
    }
}
