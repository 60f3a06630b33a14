internal import Layers
internal import SocketModel

/// A machine at work on a connection for a task that waits for its end.
///
/// Sendable without check, as its superclass is.
@safe final class RunningMachine<Machine: StreamMachine>: MachineDriver, @unchecked Sendable
where Machine.Event == Never {
    typealias Ended = CheckedContinuation<Result<Machine, SocketError>, Never>

    @safe @exclusivity(unchecked) private var machine: Machine
    private let mailbox: MachineMailbox<Machine>?
    @safe @exclusivity(unchecked) private var waiting: Ended?
    @safe @exclusivity(unchecked) private var limit: (any NetworkTimer)?

    init(_ machine: Machine, _ mailbox: MachineMailbox<Machine>?, _ socket: Socket) {
        self.machine = machine
        self.mailbox = mailbox
        super.init(socket)
    }

    override func hear(_ input: consuming StreamInput, now: NetworkInstant) { machine.handle(input, now: now) }

    override var sendLimit: Duration? { machine.sendLimit }

    override func poll(now: NetworkInstant) -> StreamOutput<Never> { machine.poll(now: now) }

    /// Begins, unless it is to end already; on the executor's thread.
    func begin(_ waiting: Ended, until limit: NetworkInstant, on executor: any NetworkExecutor) {
        self.waiting = waiting
        if isOver { return resume() }
        if limit < .distantFuture {
            self.limit = executor.startTimer(until: limit, completing: Limit(self))
        }
        begin()
    }

    override func hasBegun() {
        if let mailbox { beginReading(mailbox) { [self] change in change(&machine) } }
    }

    override func hasEnded(_ failure: SocketError?) {
        limit.take()?.cancel()
        socket.closeUnattended()
        mailbox?.end()
        resume()
    }

    /// What it was cancelled for may come before whoever waits.
    private func resume() {
        guard let waiting = waiting.take() else { return }
        waiting.resume(returning: failure.map { .failure($0) } ?? .success(machine))
    }

    /// The time for it all is over.
    private final class Limit: CompletionSink {
        private let machine: RunningMachine

        init(_ machine: RunningMachine) { self.machine = machine }

        func complete(_ completion: consuming Completion) {
            if case .done = completion.outcome { machine.end(by: Failure(.timedOut)) }
        }
    }
}
