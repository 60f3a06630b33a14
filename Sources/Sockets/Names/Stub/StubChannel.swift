internal import Layers
internal import SocketModel

/// A socket of a stub resolver.
///
/// Sendable without check: all of it is touched on the executor's thread only.
@safe final class StubChannel: CompletionSink, @unchecked Sendable {
    private static let connecting = Token(slot: 0, generation: 0)
    private static let sending = Token(slot: 1, generation: 0)
    private static let receiving = Token(slot: 2, generation: 0)

    private let wanted: ResolverChannel
    private let driver: StubDriver
    private var socket: SocketHandle?
    private var registration: (any Registration)?
    private var isConnected = false
    private var isClosing = false
    /// Operations that have not completed.
    private var inFlight = 0
    /// What is to be sent, and has not been taken.
    private var unsent: RunTable?

    init(_ wanted: ResolverChannel, _ driver: StubDriver) {
        self.wanted = wanted
        self.driver = driver
    }

    private var isStream: Bool { wanted.transport == .stream }

    // MARK: Opening

    func open() {
        let kind = isStream ? (SocketType.stream, IPProtocol.tcp) : (.datagram, .udp)
        guard case .opened(let socket) = driver.execute(.open(wanted.server.family, kind.0, kind.1)) else {
            return driver.tell(.failed(channel: wanted.number))
        }
        self.socket = socket
        guard bind(socket) else { return driver.tell(.portTaken(channel: wanted.number)) }
        // The server's datagrams are the only ones that a connected socket lets through, and who is not there is known at once.
        if !isStream, case .failure = driver.execute(.connect(wanted.server), on: socket) {
            return driver.tell(.failed(channel: wanted.number))
        }
        do throws(Failure) {
            registration = try driver.base.register(socket)
        } catch {
            return driver.tell(.failed(channel: wanted.number))
        }
        if isStream { return unsafe start(.connect(wanted.server), Self.connecting, .none) }
        isConnected = true
        receive()
    }

    private func bind(_ socket: SocketHandle) -> Bool {
        guard wanted.localPort != 0 else { return true }
        let any: IPAddress = wanted.server.family == .ipv4 ? .v4(.any) : .v6(.any)
        if case .done = driver.execute(.bind(SocketAddress(any, port: wanted.localPort)), on: socket) { return true }
        return false
    }

    private func start(_ action: Operation.Action, _ token: Token, _ memory: OperationMemory) {
        guard let registration, let socket else { return }
        let operation = Operation(action, on: socket)
        if let completion = unsafe registration.attempt(operation, memory: memory) {
            return completed(completion.outcome, token)
        }
        inFlight += 1
        unsafe registration.start(operation, token: token, memory: memory, completing: self)
    }

    // MARK: Sending

    func send(_ bytes: Chunk) {
        unsent = RunTable([bytes])
        if isConnected { sendRest() }
    }

    private func sendRest() {
        guard let table = unsent, !isClosing else { return }
        unsafe start(.send([]), Self.sending, table.memory)
    }

    private func sent(_ count: Int) {
        unsent?.advance(past: count)
        if unsent?.byteCount == 0 { unsent = nil } else { sendRest() }
    }

    // MARK: Receiving

    /// The longest there is: some servers send more than the question says there is room for.
    private static let longestDatagram = 65_535
    private static let streamPart = 16_384

    /// Takes what is there, and waits for more.
    private func receive() {
        let maximum = isStream ? Self.streamPart : Self.longestDatagram
        while !isClosing, let registration, let socket {
            switch registration.attemptReceive(on: socket, lending: maximum) {
            case .done(let chunk): if !take(chunk) { return }
            case .failed: return driver.tell(.failed(channel: wanted.number))
            case .waiting:
                inFlight += 1
                return registration.startReceive(
                    on: socket, lending: maximum, token: Self.receiving, completing: self)
            }
        }
    }

    func receive(_ chunk: consuming Chunk, token: Token) {
        inFlight -= 1
        if isClosing { return finishClosing() }
        if take(chunk) { receive() }
    }

    /// False when there is no more to come.
    private func take(_ chunk: Chunk) -> Bool {
        if isStream, chunk.isEmpty {
            driver.tell(.ended(channel: wanted.number))
            return false
        }
        // An answer is read when it has come, and the memory it came in is others'.
        driver.tell(.received(chunk, sender: nil, channel: wanted.number))
        return true
    }

    // MARK: What has happened

    func complete(_ completion: consuming Completion) {
        inFlight -= 1
        if isClosing { finishClosing() } else { completed(completion.outcome, completion.token) }
    }

    private func completed(_ outcome: Outcome, _ token: Token) {
        switch outcome {
        case .lent(let chunk): if take(chunk) { receive() }
        case .done where token == Self.connecting:
            isConnected = true
            sendRest()
            receive()
        case .count(let count) where token == Self.sending: sent(count)
        default: driver.tell(.failed(channel: wanted.number))
        }
    }

    // MARK: Closing

    /// Ends what is in flight, and then the socket.
    func close() {
        guard !isClosing else { return }
        isClosing = true
        if inFlight > 0 { registration?.cancelAll() }
        finishClosing()
    }

    private func finishClosing() {
        guard inFlight == 0, let socket = socket.take() else { return }
        registration?.end()
        registration = nil
        _ = driver.execute(.close(lingering: false), on: socket)
    }
}
