internal import Locks
internal import SocketModel
internal import Synchronization

/// The reactors of a backend, started together when the first of them is needed.
struct ReactorPool: ~Copyable, Sendable {
    private let size: Int
    private let started = Lock<[ReactorExecutor]>([])
    private let turn = Atomic<Int>(0)

    init(_ size: Int) throws(Failure) {
        guard (1...1024).contains(size) else {
            throw Failure(.invalidArgument, detail: "the number of threads must be in 1...1024, not \(size)")
        }
        self.size = size
    }

    /// All of them. Throws when the system has no descriptor or no thread to give; the next call tries again.
    func all() throws(Failure) -> [ReactorExecutor] {
        try started.withLock { started throws(Failure) in
            if started.isEmpty {
                var executors: [ReactorExecutor] = []
                for number in 0..<size { executors.append(try ReactorExecutor(number: number)) }
                started = executors
            }
            return started
        }
    }

    /// The calling thread's own, else one in turn.
    func next() throws(Failure) -> ReactorExecutor {
        let executors = try all()
        if Reactor.isAnyCurrent, let own = executors.first(where: \.isCurrent) { return own }
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return executors[Int(UInt(bitPattern: number) % UInt(executors.count))]
    }
}
