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
        /// News are read on the executor's thread, after `wake` was called.
        case read(by: @Sendable ([News]) -> Void, wake: @Sendable (any CompletionSink) -> Void)
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
        let (isKept, wake): (Bool, (@Sendable (any CompletionSink) -> Void)?) = state.withLock { state in
            if case .over = state.stage { return (false, nil) }
            state.news.append(news)
            guard case .read(_, let wake) = state.stage, state.news.count == 1 else { return (true, nil) }
            return (true, wake)
        }
        wake?(self)
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

    /// From now on `reader` is called when there is news and `wake` has had a completion delivered. Returns what has come before.
    func begin(
        waking wake: @escaping @Sendable (any CompletionSink) -> Void, _ reader: @escaping @Sendable ([News]) -> Void
    ) -> [News] {
        state.withLock { state in
            state.stage = .read(by: reader, wake: wake)
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
        // Where there are no timers any more, on a host that has crashed, the machine ends as well: now is not later.
        guard case .done = completion.outcome else { return }
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
            for news in all where !isEnding {
                switch news {
                case .change(let change): apply(change)
                case .cancel: cancel()
                }
            }
        }
        // Later even on the executor's own thread, where a machine may be at work, and not before others have had their turn there.
        let wake: @Sendable (any CompletionSink) -> Void = { [network = socket.network] mailbox in
            _ = executor.startTimer(until: network.now, completing: mailbox)
        }
        let earlier = mailbox.begin(waking: wake) { [self] news in afterChange { read(news) } }
        read(earlier)
    }
}
