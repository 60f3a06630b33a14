internal import Layers
internal import SocketModel

/// Has a machine work on a socket, straight from completions: no task, and nothing that is suspended.
///
/// At most one receive, one send and one timer are in flight. While a send is, the machine is not asked, and nothing more is received.
///
/// Sendable without check: all of it is touched on the executor's thread only, once ``begin()`` was called there. For the same reason accesses are
/// not checked.
@safe class MachineDriver: AlarmHolder, @unchecked Sendable {
    private static let receiving = Token(slot: .max, generation: 0)
    private static let sending = Token(slot: .max, generation: 1)

    final let socket: Socket
    private final let backend: any Backend
    @safe @exclusivity(unchecked) private final var details: Details?
    @safe @exclusivity(unchecked) private final var state: State = []

    private struct State: OptionSet {
        let rawValue: UInt8

        /// An operation that receives, or waits for the connection's end, is in flight.
        static let isReceiving = State(rawValue: 1)
        static let isSending = State(rawValue: 2)
        /// The peer has ended.
        static let peerHasEnded = State(rawValue: 4)
        /// The machine is being asked, told or changed already, further out: nothing ends before that is over.
        static let isAdvancing = State(rawValue: 8)
        /// Nothing new begins.
        static let isEnding = State(rawValue: 16)
        static let isOver = State(rawValue: 32)
        /// From the beginning to the end.
        static let isInside = State(rawValue: 64)
    }

    /// What is kept of a connection only while there is something to be kept.
    private final class Details {
        var alarm = MachineAlarm()
        /// What the system has not taken yet.
        var unsent: RunTable?
        /// When the peer must have taken some of it.
        var sendEnd = NetworkInstant.distantFuture
        /// What has come meanwhile.
        var unheard: StreamInput?
        var failure: SocketError?
    }

    /// Made when something is kept first.
    private var detailed: Details {
        if let details { return details }
        let new = Details()
        details = new
        return new
    }

    final var alarm: MachineAlarm {
        get { details?.alarm ?? MachineAlarm() }
        set { detailed.alarm = newValue }
    }

    init(_ socket: Socket) {
        self.socket = socket
        backend = socket.backend
    }

    // MARK: What there is besides

    /// Tells the machine what has happened; who has the machine overrides it.
    func hear(_ input: consuming StreamInput, now: NetworkInstant) {}

    /// Asks the machine what it wants; who has the machine overrides it.
    func poll(now: NetworkInstant) -> StreamOutput<Never> { .close }

    /// How long the peer may take nothing of what is sent; who has the machine overrides it.
    var sendLimit: Duration? { nil }

    /// Whether it begins at all: who keeps a list of those that work overrides it.
    func mayBegin() -> Bool { true }

    /// It works from now on, on ``executor``; the machine has not been asked yet. Whom others have something to tell overrides it.
    func hasBegun() {}

    /// Nothing is in flight any more, and nothing of this is called again. The socket is still to be closed.
    func hasEnded(_ failure: SocketError?) {}

    // MARK: Begin and end

    /// Calls `body` with the socket's registration; nil before the beginning and after the end.
    @inline(__always)
    private func withRegistration<R>(_ body: (any Registration) -> R) -> R? {
        state.contains(.isInside) ? socket.withAwaiting { body($0.registration) } : nil
    }

    /// Where it works; nil before it begins and after it has ended.
    final var executor: (any NetworkExecutor)? { withRegistration(\.executor) }

    /// On the executor's thread: the machine is asked what it wants first.
    final func begin() {
        guard mayBegin() else { return conclude() }
        guard socket.usage.enter() else { return end(by: Failure(.closed)) }
        state.insert(.isInside)
        do throws(Failure) {
            _ = try socket.registered()
            afterChange(hasBegun)
        } catch {
            fail(error, .receive([]))
        }
    }

    /// Ends the connection early. On the executor's thread.
    final func cancel() { end(by: backend.cancellation) }

    /// As ``cancel()``, for another reason.
    final func end(by reason: Failure) {
        note(SocketError(reason, .receive))
        end()
    }

    /// What it has cancelled itself, as it ends, is no failure.
    private func fail(_ error: Failure, _ action: Operation.Action) {
        guard !state.contains(.isEnding) else { return }
        note(socket.explain(error, action, nil))
        end()
    }

    /// Whether nothing new begins.
    final var isEnding: Bool { state.contains(.isEnding) }

    /// Whether nothing will happen any more.
    final var isOver: Bool { state.contains(.isOver) }

    /// What it has ended by, if that was a failure.
    final var failure: SocketError? { details?.failure }

    /// The first failure is what the connection has ended by.
    private func note(_ failure: SocketError) {
        if detailed.failure == nil { detailed.failure = failure }
    }

    /// Begins nothing new; when nothing is in flight any more it is over.
    private func end() {
        guard !state.contains(.isEnding) else { return }
        state.insert(.isEnding)
        stopAlarm()
        // What is dropped must not look as if it were the whole.
        if state.contains(.isSending) { socket.lingerForNothing() }
        if state.contains(.isReceiving) { withRegistration { $0.cancel(Self.receiving) } }
        if state.contains(.isSending) { withRegistration { $0.cancel(Self.sending) } }
        conclude()
    }

    private func conclude() {
        guard state.isDisjoint(with: [.isReceiving, .isSending, .isAdvancing, .isOver]) else { return }
        state.insert(.isOver)
        if state.contains(.isInside) { socket.usage.leave() }
        state.remove(.isInside)
        hasEnded(failure)
    }

    // MARK: What the machine wants

    /// Does what the machine wants until it waits.
    private func advance(_ input: consuming StreamInput? = nil) {
        var input = consume input
        if state.isDisjoint(with: [.isAdvancing, .isSending, .isEnding]) {
            state.insert(.isAdvancing)
            advanceNow(&input)
            state.remove(.isAdvancing)
            if state.contains(.isEnding) { return conclude() }
        }
        // It hears of it when it is asked again.
        if let input { detailed.unheard = input }
    }

    @inline(__always)
    private func advanceNow(_ input: inout StreamInput?) {
        // Not by the socket, which would count a reference each time.
        var now = backend.now
        while state.isDisjoint(with: [.isSending, .isEnding]) {
            if let heard = input.take() ?? details?.unheard.take() { hear(heard, now: now) }
            switch poll(now: now) {
            case .send(let bytes): send(consume bytes)
            case .finish: finish()
            case .close: end()
            case .reset: reset()
            case .wait(let instant):
                setAlarm(instant, now: now, on: executor)
                if !receive(&input) { return }
                now = backend.now
            }
        }
    }

    private func finish() {
        let operation = Operation(.shutdown(.send), on: socket.handle)
        if case .failure(let failure) = unsafe backend.execute(operation, memory: .none).outcome {
            fail(failure, .shutdown(.send))
        }
    }

    private func reset() {
        socket.lingerForNothing()
        end()
    }

    // MARK: Sending

    private func send(_ bytes: consuming Chunk) {
        guard !bytes.isEmpty else { return }
        let attempt = withRegistration { registration in
            unsafe bytes.withBytes { unsafe registration.attemptSend($0, on: socket.handle) }
        }
        switch attempt {
        case nil: return
        case .done(let count) where count == bytes.count: return
        case .done(let count): sendRest(bytes, from: count)
        case .waiting: sendRest(bytes, from: 0)
        case .failed(let failure): fail(failure, .send([]))
        }
    }

    private func sendRest(_ bytes: Chunk, from start: Int) {
        let table = RunTable([bytes])
        table.advance(past: start)
        detailed.unsent = table
        startSending(table)
    }

    private func startSending(_ table: RunTable) {
        state.insert(.isSending)
        if let sendLimit {
            let now = backend.now
            detailed.sendEnd = now.advanced(by: sendLimit)
            setAlarm(detailed.sendEnd, now: now, on: executor)
        }
        let operation = Operation(.send([]), on: socket.handle)
        withRegistration { unsafe $0.start(operation, token: Self.sending, memory: table.memory, completing: self) }
    }

    private func sent(_ outcome: Outcome) {
        state.remove(.isSending)
        switch outcome {
        case .count(let count):
            let unsent = details?.unsent
            unsent?.advance(past: count)
            guard let unsent, unsent.byteCount > 0 else {
                details?.unsent = nil
                break
            }
            if !state.contains(.isEnding) { startSending(unsent) }
        case .failure(let failure): fail(failure, .send([]))
        default: end()
        }
        goOn()
    }

    /// The alarm has gone off meanwhile, for this or for something else.
    private func checkSending() {
        guard let end = details?.sendEnd, end < .distantFuture, !state.contains(.isEnding) else { return }
        let now = backend.now
        if now < end { return setAlarm(end, now: now, on: executor) }
        fail(Failure(.timedOut, detail: "the peer takes nothing of what is sent"), .send([]))
    }

    // MARK: Receiving

    /// Receives what is there, or waits for it: false when there is nothing to be done before something completes.
    private func receive(_ input: inout StreamInput?) -> Bool {
        if state.contains(.isReceiving) { return false }
        if state.contains(.peerHasEnded) { return awaitEnd() }
        let maximum = Socket.standardReceiveSize
        if socket.usage.hasRemainder, let bytes = socket.usage.withRemainder({ $0.chunk(maximum, peeking: false) }) {
            input = received(bytes)
            return true
        }
        switch withRegistration({ $0.attemptReceive(on: socket.handle, lending: maximum) }) {
        case nil: return false
        case .done(let bytes): input = received(bytes)
        case .failed(let failure): fail(failure, .receive([]))
        case .waiting:
            state.insert(.isReceiving)
            withRegistration {
                $0.startReceive(on: socket.handle, lending: maximum, token: Self.receiving, completing: self)
            }
            return !state.contains(.isReceiving)
        }
        return true
    }

    /// The peer has ended, and the machine has not: who closes the socket meanwhile ends this.
    private func awaitEnd() -> Bool {
        state.insert(.isReceiving)
        let operation = Operation(.poll([Operation.PollEntry(socket.handle, [])]), on: socket.handle)
        withRegistration { unsafe $0.start(operation, token: Self.receiving, memory: .none, completing: self) }
        return !state.contains(.isReceiving)
    }

    private func received(_ bytes: consuming Chunk) -> StreamInput {
        if !bytes.isEmpty { return .received(bytes) }
        state.insert(.peerHasEnded)
        return .ended
    }

    private func received(_ outcome: Outcome) {
        switch outcome {
        case .lent(let bytes): return receive(bytes, token: Self.receiving)
        case .failure(let failure):
            state.remove(.isReceiving)
            fail(failure, .receive([]))
        // Both halves are shut: there is nothing left to do.
        default:
            state.remove(.isReceiving)
            end()
        }
        goOn()
    }

    // MARK: What has happened

    final func receive(_ chunk: consuming Chunk, token: Token) {
        state.remove(.isReceiving)
        let input = received(chunk)
        if state.contains(.isEnding) { conclude() } else { advance(consume input) }
    }

    final func complete(_ completion: consuming Completion) {
        switch completion.token {
        case Self.receiving: received(completion.outcome)
        case Self.sending: sent(completion.outcome)
        default:
            alarm.completed(completion.outcome)
            if state.contains(.isSending) { checkSending() }
            goOn()
        }
    }

    private func goOn() {
        if state.contains(.isEnding) { conclude() } else { advance() }
    }

    /// Has `change` made to the machine, which may want something then.
    final func afterChange(_ change: () -> Void) {
        state.insert(.isAdvancing)
        change()
        state.remove(.isAdvancing)
        goOn()
    }
}
