internal import Layers
internal import SocketModel

/// A connection that a machine serves, straight from completions: no task, and nothing that is suspended.
///
/// At most one receive, one send and one timer are in flight. While a send is, the machine is not asked, and nothing more is received.
///
/// Sendable without check: all of it is touched on the executor's thread only, once ``begin()`` was called there.
@safe final class MachineConnection: AlarmHolder, @unchecked Sendable {
    private static let receiving = Token(slot: .max, generation: 0)
    private static let sending = Token(slot: .max, generation: 1)

    private let served: ServedConnection
    private var machine: any StreamMachine<Never>
    /// From the beginning to the end.
    private var registration: (any Registration)?
    var alarm = MachineAlarm()
    /// What the system has not taken yet.
    private var unsent: RunTable?
    /// What has come meanwhile.
    private var unread: StreamInput?
    private var failure: SocketError?
    private var state: State = []

    /// The connections of a place form a list, which keeps them alive.
    var next: MachineConnection?
    unowned(unsafe) var previous: MachineConnection?

    private struct State: OptionSet {
        let rawValue: UInt8

        /// An operation that receives, or waits for the connection's end, is in flight.
        static let isReceiving = State(rawValue: 1)
        static let isSending = State(rawValue: 2)
        /// The peer has ended.
        static let hasEnded = State(rawValue: 4)
        /// The machine is being asked already, further out.
        static let isAdvancing = State(rawValue: 8)
        /// Nothing new begins.
        static let isEnding = State(rawValue: 16)
        static let isOver = State(rawValue: 32)
    }

    init(_ served: ServedConnection, _ machine: any StreamMachine<Never>) {
        self.served = served
        self.machine = machine
    }

    private var socket: Socket { served.socket }

    /// Where it is served; nil before it begins and after it has ended.
    var executor: (any NetworkExecutor)? { registration?.executor }

    /// On the executor's thread: the machine is asked what it wants first.
    func begin() {
        guard served.place.machines.add(self), socket.usage.enter() else { return conclude() }
        do throws(Failure) {
            registration = try socket.registered().registration
            advance()
        } catch {
            fail(error, .receive([]))
        }
    }

    /// Ends the connection as the server's end demands. On the executor's thread.
    func cancel() {
        failure = failure ?? SocketError(socket.backend.cancellation, .receive)
        end()
    }

    // MARK: What the machine wants

    /// Does what the machine wants until it waits.
    private func advance() {
        guard !state.contains(.isAdvancing) else { return }
        state.insert(.isAdvancing)
        defer { state.remove(.isAdvancing) }
        var now = socket.backend.now
        while state.isDisjoint(with: [.isSending, .isEnding]) {
            if let input = unread.take() { machine.handle(input, now: now) }
            switch machine.poll(now: now) {
            case .send(let bytes): send(bytes)
            case .finish: finish()
            case .close: end()
            case .reset: reset()
            case .wait(let instant):
                setAlarm(instant, on: executor)
                if !receive() { return }
                now = socket.backend.now
            }
        }
    }

    private func send(_ bytes: Chunk) {
        guard let registration, !bytes.isEmpty else { return }
        let attempt = unsafe bytes.withBytes { unsafe registration.attemptSend($0, on: socket.handle) }
        switch attempt {
        case .done(let count) where count == bytes.count: return
        case .done(let count): sendRest(bytes, from: count)
        case .waiting: sendRest(bytes, from: 0)
        case .failed(let failure): fail(failure, .send([]))
        }
    }

    private func sendRest(_ bytes: Chunk, from start: Int) {
        let table = RunTable([bytes])
        table.advance(past: start)
        unsent = table
        startSending(table)
    }

    private func startSending(_ table: RunTable) {
        state.insert(.isSending)
        let operation = Operation(.send([]), on: socket.handle)
        unsafe registration?.start(operation, token: Self.sending, memory: table.memory, completing: self)
    }

    private func finish() {
        let operation = Operation(.shutdown(.send), on: socket.handle)
        if case .failure(let failure) = unsafe socket.backend.execute(operation, memory: .none).outcome {
            fail(failure, .shutdown(.send))
        }
    }

    private func reset() {
        try? socket.set(.socket.linger, .on(seconds: 0))
        end()
    }

    /// Receives what is there, or waits for it: false when there is nothing to be done before something completes.
    private func receive() -> Bool {
        guard !state.contains(.isReceiving), let registration else { return false }
        if state.contains(.hasEnded) { return awaitEnd(registration) }
        let maximum = Socket.standardReceiveSize
        switch registration.attemptReceive(on: socket.handle, lending: maximum) {
        case .done(let bytes): take(bytes)
        case .failed(let failure): fail(failure, .receive([]))
        case .waiting:
            state.insert(.isReceiving)
            registration.startReceive(
                on: socket.handle, lending: maximum, token: Self.receiving, completing: self)
            return !state.contains(.isReceiving)
        }
        return true
    }

    /// The peer has ended, and the machine has not: who closes the socket meanwhile ends this.
    private func awaitEnd(_ registration: any Registration) -> Bool {
        state.insert(.isReceiving)
        let operation = Operation(.poll([Operation.PollEntry(socket.handle, [])]), on: socket.handle)
        unsafe registration.start(operation, token: Self.receiving, memory: .none, completing: self)
        return !state.contains(.isReceiving)
    }

    private func take(_ bytes: Chunk) {
        if bytes.isEmpty { state.insert(.hasEnded) }
        unread = bytes.isEmpty ? .ended : .received(bytes)
    }

    // MARK: What has happened

    func receive(_ chunk: consuming Chunk, token: Token) {
        state.remove(.isReceiving)
        take(chunk)
        goOn()
    }

    func complete(_ completion: consuming Completion) {
        switch completion.token {
        case Self.receiving:
            state.remove(.isReceiving)
            received(completion.outcome)
        case Self.sending:
            state.remove(.isSending)
            sent(completion.outcome)
        default: alarm.completed(completion.outcome)
        }
        goOn()
    }

    private func received(_ outcome: Outcome) {
        switch outcome {
        case .lent(let bytes): take(bytes)
        case .failure(let failure): fail(failure, .receive([]))
        // Both halves are shut: there is nothing left to do.
        default: end()
        }
    }

    private func sent(_ outcome: Outcome) {
        switch outcome {
        case .count(let count):
            unsent?.advance(past: count)
            guard let table = unsent, table.byteCount > 0 else { return unsent = nil }
            if !state.contains(.isEnding) { startSending(table) }
        case .failure(let failure): fail(failure, .send([]))
        default: end()
        }
    }

    private func goOn() {
        if state.contains(.isEnding) { conclude() } else { advance() }
    }

    // MARK: The end

    private func fail(_ error: Failure, _ action: Operation.Action) {
        failure = failure ?? socket.explain(error, action, nil)
        end()
    }

    /// Begins nothing new; when nothing is in flight any more the connection is closed.
    private func end() {
        guard !state.contains(.isEnding) else { return }
        state.insert(.isEnding)
        stopAlarm()
        if state.contains(.isReceiving) { registration?.cancel(Self.receiving) }
        if state.contains(.isSending) { registration?.cancel(Self.sending) }
        conclude()
    }

    private func conclude() {
        guard state.isDisjoint(with: [.isReceiving, .isSending, .isOver]) else { return }
        state.insert(.isOver)
        if registration != nil { socket.usage.leave() }
        registration = nil
        served.endUnattended(failure)
        served.place.machines.remove(self)
    }
}
