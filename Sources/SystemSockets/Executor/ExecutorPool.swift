internal import Locks
public import SocketModel
internal import Synchronization

/// The executors of a backend, started together when the first of them is needed.
public struct ExecutorPool<Source: EventSource>: ~Copyable, Sendable {
    /// An executor, and what it learns from.
    public struct Member: Sendable {
        public let executor: ThreadExecutor
        public let source: Source
    }

    private let size: Int
    private let makeSource: @Sendable () throws(Failure) -> Source
    private let started = Lock<[Member]>([])
    private let turn = Atomic<Int>(0)

    /// A pool of `size` executors, each with what `makeSource` makes.
    ///
    /// - Throws: ``Failure`` with ``SocketError/Code/invalidArgument`` for a size out of bounds.
    public init(
        _ size: Int, _ makeSource: @escaping @Sendable () throws(Failure) -> Source
    ) throws(Failure) {
        guard (1...1024).contains(size) else {
            throw Failure(.invalidArgument, detail: "the number of threads must be in 1...1024, not \(size)")
        }
        self.size = size
        self.makeSource = makeSource
    }

    /// All of them. Throws when the system has no descriptor or no thread to give; the next call tries again.
    public func all() throws(Failure) -> [Member] {
        try started.withLock { started throws(Failure) in
            if started.isEmpty {
                var members: [Member] = []
                for number in 0..<size { members.append(try start(number)) }
                started = members
            }
            return started
        }
    }

    private func start(_ number: Int) throws(Failure) -> Member {
        let source = try makeSource()
        return Member(executor: try ThreadExecutor(ExecutorThread(source), number: number), source: source)
    }

    /// The calling thread's own, else one in turn.
    public func next() throws(Failure) -> Member {
        let members = try all()
        if ExecutorThread.isAnyCurrent, let own = members.first(where: \.executor.isCurrent) { return own }
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return members[Int(UInt(bitPattern: number) % UInt(members.count))]
    }
}
