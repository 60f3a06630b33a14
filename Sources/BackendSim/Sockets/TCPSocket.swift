internal import SocketModel

/// A TCP socket: a connection's machine, or a listener's queue, with the rules of Linux's `tcp(7)`.
final class TCPSocket: InternetSocket {
    /// Where it stands between `socket` and `close`.
    enum Phase {
        case unconnected, listening, connecting, connected
        /// It was shut down after its connect had failed and before the program knew.
        case disconnecting
    }

    var phase = Phase.unconnected
    /// Its end of a connection, a closed one while there is none. It is here and nowhere else: reaching it counts no references. Unchecked, as
    /// it is pure, and calls nobody.
    @safe @exclusivity(unchecked) var connection = TCPConnection()
    /// Whether there is one, from the first connect on.
    @safe @exclusivity(unchecked) private(set) var hasConnection = false
    /// Connections that wait to be accepted, while it listens.
    var queue: ListenQueue?
    /// Whose queue it is in, until it is accepted.
    weak var listener: TCPSocket?
    /// Both ends, while there is a connection.
    @safe @exclusivity(unchecked) var key: ConnectionKey?
    /// When it is woken, as an event.
    private var alarm = Int64.max
    /// The other end, once a segment of it has come: who very likely takes the next. Forgotten with the connection.
    @safe @exclusivity(unchecked) private(set) var peer: TCPSocket?
    /// Which of the peer's connections that is, and how many this has begun itself.
    @safe @exclusivity(unchecked) private var peerConnection: UInt32 = 0
    @safe @exclusivity(unchecked) private var connections: UInt32 = 0
    /// A packet that its last segments travelled in, to be used again. Forgotten with the connection.
    @safe @exclusivity(unchecked) var spare: Packet?
    /// As what it shares the port of the listener that made it.
    var accepted: PortTables.Accepted.Kind?
    /// Which halves are over, for whatever reason: `sk_shutdown`.
    var receiveIsShut = false
    var sendIsShut = false
    /// Whether it is not to be accepted before data has come.
    var isDeferred = false
    /// Whether a connect took the port, which others that connect may share.
    var hasPortOfConnection = false
    private var isOrphan = false

    init(_ kernel: HostKernel, _ family: AddressFamily) { super.init(kernel, family, .stream, .tcp) }

    override var isStream: Bool { true }
    override var isConnecting: Bool { phase == .connecting }
    var isListening: Bool { phase == .listening }
    override var canBind: Bool { isClosed && !isListening && !hasNumber }
    override var hasNumber: Bool { holdsPort && !waitsInVain }
    /// Whether it has but a connection in TIME_WAIT, which keeps a port that the program has not chosen.
    private var waitsInVain: Bool { connection.state == .timeWait && !hasChosenPort }
    /// Whether there is no connection, or none that the program can still see.
    var isClosed: Bool {
        switch connection.state {
        case .closed, .timeWait: true
        default: false
        }
    }

    // MARK: What a socket can do

    override func takePort(_ port: UInt16) throws(Errno) {
        if waitsInVain {
            // As the kernel: what is in TIME_WAIT keeps its port from everybody.
            if port == localPort, let key, accepts(key.local), !options.reusesAddress { throw .addressInUse }
            unregisterConnection()
            unregister()
        }
        try findPort(port)
    }
    override func listen(backlog: Int32) throws(Errno) { try beginListening(backlog) }
    override func accept() throws(Errno) -> (SimulatedSocket, SocketAddress)? { try acceptNext() }
    override func connect(to address: SocketAddress) throws(Errno) -> Bool { try beginOrGoOn(connecting: address) }
    override func shutdown(_ direction: ShutdownDirection) throws(Errno) { try shutDown(direction) }
    override var readiness: PollEvents { currentReadiness }

    override func liveOption(_ key: OptionKey, length: Int) throws(Errno) -> OptionBytes? {
        if let bytes = try readLive(key, length) { return bytes }
        return try super.liveOption(key, length: length)
    }
    override func checkOption(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) {
        try super.checkOption(key, bytes)
        try checkLive(key, bytes)
    }
    override func performOption(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) { try performLive(key, bytes) }
    override func optionChanged(_ key: OptionKey) {
        if key == .reuseAddress || key == .reusePort, let kind = accepted.take() {
            unregisterAccepted(kind)
            registerAccepted()
        }
        applyLive(key)
    }

    override func send(
        _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? {
        if header != nil { try checkControl(header) }
        return try unsafe sendBytes(bytes, flags)
    }

    override func receive(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int? {
        let count = try unsafe receiveBytes(into: room, flags)
        if let details, count != nil { tellQueueLength(details) }
        return count
    }

    override func peerAddress() throws(Errno) -> SocketAddress {
        if isClosed || connection.state == .synSent { throw .socketNotConnected }
        return try super.peerAddress()
    }

    // MARK: Segments

    /// Whether a segment is from the very connection that a segment has come from which was found to be for this one.
    @inline(__always)
    func isPeer(of packet: Packet) -> Bool {
        peer === packet.sender && peerConnection == packet.connection && !givesWay(to: packet.header)
    }

    /// Whether it is but a memory, and the segment begins another connection.
    @inline(__always)
    func givesWay(to header: TCPHeader) -> Bool {
        guard header.flags.contains(.syn), connection.state == .timeWait else { return false }
        return connection.acceptsNewConnection(header)
    }

    /// A segment of its peer has arrived.
    func handle(_ packet: Packet, _ header: TCPHeader) {
        // As the kernel: while the queue is full the handshake's end is not heard, and comes again.
        if connection.state == .synReceived, listener?.queue?.isFull == true, !header.flags.contains(.reset) { return }
        if peer == nil { (peer, peerConnection) = (packet.sender, packet.connection) }
        let before = connection.state
        // As if they were to be written: a reference to the bytes would be counted otherwise.
        unsafe packet.payload.withUnsafeMutableBytes {
            unsafe connection.handle(header, payload: UnsafeRawBufferPointer($0), now: kernel.world.now)
        }
        settle(before)
    }

    /// Nobody can have what it sent.
    func unreachable(_ error: Errno) {
        guard hasConnection else { return }
        let before = connection.state
        connection.unreachable(error)
        settle(before)
    }

    private func expire() {
        let before = connection.state
        connection.expire(now: kernel.world.now)
        settle(before)
    }

    /// The machine has been told something: what it has to send is sent, and who waits for it is told.
    func settle(_ before: TCPState?) {
        flush()
        if let error = connection.takeError() { pendingError = error }
        if before == .synReceived { endHalf() }
        let state = connection.state
        if state != before { stateChanged(state) }
        if isDeferred { endDeferral() }
        notify()
        if state == .closed { unregisterConnection() }
    }

    /// As the kernel: of a half that was shut down before there was a connection, its peer is told when there is one.
    private func endHalf() {
        guard sendIsShut, connection.state == .established else { return }
        connection.shutdownSending()
        flush()
    }

    private func stateChanged(_ state: TCPState?) {
        if state != .closed, state != .synReceived, let listener {
            if !defers(listener) { join(listener) }
        }
        if state == .closed, let listener { listener.queue?.forget(self) }
        if state == .closed || state == .timeWait { (receiveIsShut, sendIsShut) = (true, true) }
        if state == .closed, !hasChosenPort { unregister() }
        changed([.readable, .writable, .hangUp])
    }

    private func notify() {
        guard !places.isEmpty || !parked.isEmpty else { return }
        var events: PollEvents = []
        if hasInput { events.insert(.readable) }
        if hasConnection, connection.isWritable { events.insert(.writable) }
        if pendingError != nil { events.insert(.error) }
        if !events.isEmpty { changed(events) }
    }

    private var hasInput: Bool {
        connection.availableBytes > 0 || connection.isReceiveEnded
    }

    /// Sends what the machine has to send, and sets the alarm.
    func flush() {
        if connection.mayPoll { sendSegments() }
        // A deadline that has moved on costs nothing until the alarm.
        let deadline = connection.nextDeadline
        if deadline < .max, position < 0 || deadline < alarm { setAlarm(deadline) }
    }

    private func sendSegments() {
        guard key != nil else { return }
        repeat {
            guard let packet = spare.take() ?? newPacket() else { return }
            guard connection.poll(&packet.header, payload: &packet.payload, now: kernel.world.now) else {
                return spare = packet
            }
            (packet.hopLimit, packet.trafficClass) = options.marks(to: packet.destination)
            guard let arrival = packet.way?.depart(packet) else { continue }
            kernel.world.schedule(consume packet, at: arrival)
        } while connection.mayPoll
    }

    private func newPacket() -> Packet? {
        guard let key, let path else { return nil }
        let packet = kernel.world.fabric.takePacket()
        packet.carrySegments(of: self, connections, key, path)
        return packet
    }

    /// Whether it keeps a packet of its connection that has been dealt with: one, and no large one.
    @inline(__always)
    func wants(_ packet: Packet) -> Bool {
        spare == nil && packet.connection == connections && key != nil && !packet.isLarge
    }

    private func setAlarm(_ deadline: Int64) {
        kernel.world.events.remove(self)
        alarm = max(deadline, kernel.world.now)
        kernel.world.events.insert(self, at: alarm)
    }

    /// Its alarm: a deadline of the machine has come, unless it has moved on.
    override consuming func occur() {
        let deadline = connection.nextDeadline
        guard deadline < .max else { return }
        if deadline > kernel.world.now { setAlarm(deadline) } else { expire() }
    }

    // MARK: The end

    func beginConnection(_ connection: consuming TCPConnection) {
        self.connection = connection
        hasConnection = true
        connections &+= 1
    }

    func dropConnection() {
        connection = TCPConnection()
        hasConnection = false
    }

    override func close() {
        isOrphan = true
        if let queue = queue.take() { queue.end() }
        if hasConnection {
            if options.linger == .on(seconds: 0) {
                connection.abort()
            } else {
                connection.close(now: kernel.world.now)
            }
            settle(nil)
        }
        if !hasConnection || connection.state == .closed { unregister() }
    }

    override func beginLingering() {
        if hasConnection { connection.close(now: kernel.world.now) }
        flush()
    }

    override var lingers: Bool {
        switch connection.state {
        case .finWait1, .closing, .lastAck: true
        default: false
        }
    }

    override func vanish() {
        kernel.world.events.remove(self)
        (peer, spare) = (nil, nil)
        key = nil
        dropConnection()
        queue = nil
        path = nil
    }

    /// The connection is over: its ends may be used again.
    func unregisterConnection() {
        kernel.world.events.remove(self)
        (peer, spare) = (nil, nil)
        guard let key else { return }
        if kernel.ports.connections[key] === self { kernel.ports.connections[key] = nil }
        self.key = nil
        if isOrphan { unregister() }
    }

    func unregister() {
        guard holdsPort else { return }
        holdsPort = false
        if let kind = accepted.take() { return unregisterAccepted(kind) }
        kernel.ports.tcp[localPort]?.removeAll { $0 === self }
        if kernel.ports.tcp[localPort]?.isEmpty == true { kernel.ports.tcp[localPort] = nil }
    }

    /// It shares its listener's port, as long as it is no listener itself.
    func registerAccepted() {
        let kind = PortTables.Accepted.Kind(
            address: local, mayHaveIPv4: mayHaveIPv4, reusesAddress: options.reusesAddress,
            reusesPort: options.reusesPort)
        accepted = kind
        kernel.ports.accepted[localPort, default: PortTables.Accepted()].add(kind)
    }

    private func unregisterAccepted(_ kind: PortTables.Accepted.Kind) {
        kernel.ports.accepted[localPort]?.remove(kind)
        if kernel.ports.accepted[localPort]?.isEmpty == true { kernel.ports.accepted[localPort] = nil }
    }

    /// Without a connection it keeps of its name what `bind` chose.
    func resetName(_ keepsPort: Bool) {
        if !hasChosenAddress { local = initialAddress() }
        if !hasChosenPort, !keepsPort { unregister() }
    }

    override var summary: SocketSummary {
        let (received, sent) = (connection.availableBytes, connection.unacknowledgedBytes)
        return SocketSummary(
            protocol: family == .ipv6 ? "tcp6" : "tcp", receiveQueue: queue?.count ?? received,
            sendQueue: queue?.backlog ?? sent, local: "\(localAddress)",
            peer: remote.map { "\(shown($0, remotePort))" } ?? "*", state: stateWord)
    }
}
