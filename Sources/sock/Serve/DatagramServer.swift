import Sockets

/// Answers datagrams, one after the other, from the socket and the address they came to.
struct DatagramServer {
    let network: Network
    let socket: Socket
    let service: ServiceName
    let tally: Tally
    let controlCapacity: Int

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
        var memory = [[UInt8](repeating: 0, count: Self.bufferSize)]
        while true {
            do throws(SocketError) {
                // Datagrams have no end: nil cannot come.
                guard let (count, message) = try socket.receiveMessage(into: &memory, controlCapacity: controlCapacity)
                else { continue }
                let number = tally.begin(received: count)
                if let answer = answer(to: message, memory[0][..<count], number) { tally.add(sent: send(answer)) }
            } catch {
                if network.isClosed { return }
                // Closing the network ends it early; the next call says so.
                if let pause = try recovery(from: error) { try? network.sleep(for: pause) }
            }
        }
    }

    /// How many bytes were sent; an error concerns this datagram only.
    private func send(_ answer: Answer) -> Int {
        do throws(SocketError) {
            return try socket.sendMessage([answer.bytes], control: answer.control, to: answer.receiver)
        } catch {
            return failed(answer, error)
        }
    }
}

// MARK: What both modes do

extension DatagramServer {
    /// A datagram's, at most.
    static let bufferSize = 65_536

    struct Answer {
        let bytes: ArraySlice<UInt8>
        let control: [ControlMessage]
        let receiver: SocketAddress
    }

    /// Nil when there is nothing to say, or nobody to hear it: a UNIX sender without a name cannot be answered.
    func answer(to message: Message, _ bytes: ArraySlice<UInt8>, _ number: Int) -> Answer? {
        guard let sender = message.sender, !sender.isUnspecified, sender != .unix(.unnamed) else { return nil }
        switch service {
        case .echo: return Answer(bytes: bytes, control: source(message), receiver: sender)
        case .discard: return nil
        case .chargen: return Answer(bytes: characters(number), control: source(message), receiver: sender)
        }
    }

    /// An answer could not be sent.
    func failed(_ answer: Answer, _ error: SocketError) -> Int {
        if !network.isClosed { complain("serve: datagram from \(answer.receiver): \(error)") }
        return 0
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

    /// How long to pause before receiving goes on after an error, if it can. Earlier answers' errors arrive at a later receive, and are no
    /// reason to end.
    func recovery(from error: SocketError) throws(SocketError) -> Duration? {
        switch error.code {
        case .connectionRefused, .connectionReset, .hostUnreachable, .networkUnreachable, .messageTooLong,
            .permissionDenied:
            complain("serve: \(error)")
            return nil
        case .outOfResources:
            complain("serve: \(error); trying again in 100 ms")
            return .milliseconds(100)
        default: throw error
        }
    }
}
