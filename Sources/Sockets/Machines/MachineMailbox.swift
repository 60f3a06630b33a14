internal import Layers
internal import Locks
internal import SocketModel

/// What others tell a machine, until its executor has its turn.
final class MachineMailbox<Machine: StreamMachine>: CompletionSink where Machine.Event == Never {
    /// What the machine, or its driver, is told.
    enum News: Sendable {
        case change(@Sendable (inout Machine) -> Void)
        case cancel
    }

    private enum Stage {
        case new
        /// It is somebody's, who has not begun.
        case taken
        /// News are read on the executor's thread.
        case read(by: @Sendable ([News]) -> Void, on: any NetworkExecutor)
        case over
    }

    private struct State {
        var stage = Stage.new
        var news: [News] = []
        var endings: [@Sendable () -> Void] = []

        mutating func takeNews() -> [News] {
            defer { news = [] }
            return news
        }
    }

    private let state = Lock(State())

    // MARK: Those who tell

    /// Keeps news for the machine, and wakes its reader if nobody has; false when it is over.
    func put(_ news: News) -> Bool {
        let (isKept, executor): (Bool, (any NetworkExecutor)?) = state.withLock { state in
            if case .over = state.stage { return (false, nil) }
            state.news.append(news)
            guard case .read(_, let executor) = state.stage, state.news.count == 1 else { return (true, nil) }
            return (true, executor)
        }
        // Later even on the executor's own thread: a machine may be at work there.
        _ = executor?.startTimer(until: .distantPast, completing: self)
        return isKept
    }

    func whenOver(_ action: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if case .over = state.stage { return true }
            state.endings.append(action)
            return false
        }
        if isOver { action() }
    }

    var isOver: Bool { state.withLock { if case .over = $0.stage { true } else { false } } }

    // MARK: The machine's driver

    /// False when another machine has it.
    func take() -> Bool {
        state.withLock { state in
            guard case .new = state.stage else { return false }
            state.stage = .taken
            return true
        }
    }

    /// From now on `reader` is called when there is news. Returns what has come before.
    func begin(on executor: any NetworkExecutor, _ reader: @escaping @Sendable ([News]) -> Void) -> [News] {
        state.withLock { state in
            state.stage = .read(by: reader, on: executor)
            return state.takeNews()
        }
    }

    /// It is over: whoever waits for that is told, and nothing is kept any more.
    func end() {
        let last = state.withLock { state in
            defer { state = State(stage: .over) }
            return state
        }
        for action in last.endings { action() }
    }

    func complete(_ completion: consuming Completion) {
        let reading: (reader: @Sendable ([News]) -> Void, news: [News])? = state.withLock { state in
            guard case .read(let reader, _) = state.stage else { return nil }
            return (reader, state.takeNews())
        }
        if let reading { reading.reader(reading.news) }
    }
}

extension MachineDriver {
    /// Does what others tell from now on; on the executor's thread, before the machine is first asked.
    ///
    /// - Parameter apply: Makes a change to the machine.
    func beginReading<Machine: StreamMachine>(
        _ mailbox: MachineMailbox<Machine>, _ apply: @escaping @Sendable ((inout Machine) -> Void) -> Void
    ) {
        guard let executor else { return }
        let read: @Sendable ([MachineMailbox<Machine>.News]) -> Void = { [self] all in
            for news in all {
                switch news {
                case .change(let change): apply(change)
                case .cancel: cancel()
                }
            }
        }
        let earlier = mailbox.begin(on: executor) { [self] news in
            read(news)
            goOn()
        }
        read(earlier)
    }
}
