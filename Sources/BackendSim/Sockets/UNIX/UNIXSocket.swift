internal import SocketModel

/// A UNIX socket, of any type, with the rules of Linux's `unix(7)`. What is sent is there at once.
final class UNIXSocket: SimulatedSocket {
    /// Where a stream or a sequence of packets stands; datagram sockets are unconnected, or connected to ``peer`` alone.
    enum State { case unconnected, listening, connected }

    var state = State.unconnected
    /// Its name; nil while it has none. It is known for as long as anybody knows the socket.
    var name: UNIXAddress?
    /// The file that is its name.
    var file: SocketFile?
    /// Whom it is connected to, who may have closed.
    var peer: UNIXSocket?
    /// Who was at the other end when the connection was made.
    var peerCredentials: PeerCredentials?

    /// What has been sent to it.
    var queue = Queue<UNIXMessage>()
    /// The last urgent byte sent to it, a message of its own, unless it was received or passed by.
    var urgent: UNIXMessage?
    /// Connections that wait to be accepted.
    var connections = Queue<UNIXSocket>()
    /// The most that may wait to be accepted, or datagrams of strangers to be received; as with the kernel there may be one more.
    var backlog = 10
    /// Those who found it full.
    var waiting: [UNIXSocket] = []
    /// What messages of its own take of its send buffer until they are received.
    var charged = 0

    var sendIsShut = false
    var receiveIsShut = false
    /// Whether nobody has accepted it yet.
    var isEmbryo = false
    /// Whether it has been closed.
    var isDead = false

    static func make(_ kernel: HostKernel, _ type: SocketType, _ number: IPProtocol) throws(Errno) -> UNIXSocket {
        guard number == .default || number.rawValue == Int32(AddressFamily.unix.rawValue) else {
            throw .protocolNotSupported
        }
        switch type {
        case .stream, .datagram, .sequencedPacket: return UNIXSocket(kernel, type)
        case .raw: return UNIXSocket(kernel, .datagram)
        default: throw .socketTypeNotSupported
        }
    }

    init(_ kernel: HostKernel, _ type: SocketType) { super.init(kernel, .unix, type, .default) }

    override var isStream: Bool { type == .stream }

    // MARK: What a socket can do

    override var localAddress: SocketAddress { .unix(name ?? .unnamed) }
    override func peerAddress() throws(Errno) -> SocketAddress { try addressOfPeer() }
    override func bind(_ address: SocketAddress) throws(Errno) { try takeName(address) }
    override func listen(backlog: Int32) throws(Errno) { try beginListening(backlog) }
    override func accept() throws(Errno) -> (SimulatedSocket, SocketAddress)? { try acceptNext() }
    override var connectRefusal: Errno { .wouldBlock }
    override func shutdown(_ direction: ShutdownDirection) throws(Errno) { shutDown(direction) }
    // As the kernel, a sequence of packets tells its end to those who do not wait, too.
    override func isEndedForThoseWhoWait(toAccept: Bool) -> Bool {
        guard receiveIsShut, pendingError == nil else { return false }
        return toAccept ? state == .listening && connections.isEmpty : type == .datagram && queue.isEmpty
    }
    override var readiness: PollEvents { currentReadiness }
    override var carried: [SimulatedSocket] { rightsInQueue }
    override func close() { end() }
    override func vanish() { disappear() }

    override func connect(to address: SocketAddress) throws(Errno) -> Bool {
        type == .datagram ? try associate(with: address) : try connectToListener(address)
    }

    override func send(
        _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? {
        type == .stream ? try unsafe sendBytes(bytes, header, flags) : try unsafe sendMessage(bytes, header, flags)
    }

    override func receive(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int? {
        type == .stream
            ? try unsafe receiveBytes(into: room, flags, details)
            : try unsafe receiveMessage(into: room, flags, details)
    }

    override func liveOption(_ key: OptionKey, length: Int) throws(Errno) -> OptionBytes? {
        if let own = try ownOption(key, length) { return own }
        return try super.liveOption(key, length: length)
    }

    override var summary: SocketSummary {
        let kind = type == .stream ? "unix" : type == .datagram ? "unix-dgram" : "unix-seqpacket"
        let isListening = state == .listening
        let bytes = queue.reduce(0) { $0 + $1.rest.count }
        return SocketSummary(
            protocol: kind, receiveQueue: isListening ? connections.count : bytes,
            sendQueue: isListening ? backlog : charged,
            local: name?.description ?? "*", peer: peer.map { $0.name?.description ?? "unnamed" } ?? "*",
            state: isListening ? "LISTEN" : peer == nil ? "" : "CONNECTED")
    }
}
