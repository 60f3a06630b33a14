internal import Locks
public import SocketModel
internal import Synchronization

/// The executors of a backend, started together when the first of them is needed.
///
/// Once they are there, nobody waits for a lock any more.
@safe public final class ExecutorPool: Sendable {
    private final class Executors: Sendable {
        let all: [ThreadExecutor]
        init(_ all: [ThreadExecutor]) { self.all = all }
    }

    private let size: Int
    private let makeSource: @Sendable () throws(Failure) -> any EventSource
    private let starting = Lock<Executors?>(nil)
    private let started = unsafe Atomic<Unmanaged<Executors>?>(nil)
    private let turn = Atomic<Int>(0)

    /// A pool of `size` executors, each with what `makeSource` makes.
    ///
    /// - Throws: ``Failure`` with ``SocketError/Code/invalidArgument`` for a size out of bounds.
    public init(
        _ size: Int, _ makeSource: @escaping @Sendable () throws(Failure) -> any EventSource
    ) throws(Failure) {
        guard (1...1024).contains(size) else {
            throw Failure(.invalidArgument, detail: "the number of threads must be in 1...1024, not \(size)")
        }
        self.size = size
        self.makeSource = makeSource
    }

    /// All of them.
    ///
    /// - Throws: ``Failure`` when the system lacks what they need; the next call tries again.
    public func all() throws(Failure) -> [ThreadExecutor] {
        if let started = unsafe started.load(ordering: .acquiring) {
            return unsafe started._withUnsafeGuaranteedRef { $0.all }
        }
        return try starting.withLock { kept throws(Failure) in
            if let kept { return kept.all }
            let executors = Executors(try (0..<size).map(start))
            keep(executors, in: &kept)
            return executors.all
        }
    }

    /// Starts them with the calling thread as the first one's; nil if they run already.
    ///
    /// - Throws: ``Failure`` as ``all()``, and with ``SocketError/Code/blockingOnExecutor`` on an executor's thread.
    public func borrowThread() throws(Failure) -> (any BorrowedThread)? {
        if ExecutorThread.isAnyCurrent { throw Failure(.blockingOnExecutor) }
        return try starting.withLock { kept throws(Failure) in
            if kept != nil { return nil }
            let others = try (1..<size).map(start)
            let first = try ThreadExecutor(borrowing: ExecutorThread(try makeSource()))
            keep(Executors([first] + others), in: &kept)
            return first
        }
    }

    private func keep(_ executors: Executors, in kept: inout Executors?) {
        kept = executors
        unsafe started.store(Unmanaged.passUnretained(executors), ordering: .releasing)
    }

    private func start(_ number: Int) throws(Failure) -> ThreadExecutor {
        try ThreadExecutor(ExecutorThread(try makeSource()), number: number)
    }

    /// The calling thread's own, else one in turn.
    ///
    /// - Throws: ``Failure`` as ``all()``.
    public func next() throws(Failure) -> ThreadExecutor {
        let executors = try all()
        if ExecutorThread.isAnyCurrent {
            for executor in executors where executor.isCurrent { return executor }
        }
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return executors[Int(UInt(bitPattern: number) % UInt(executors.count))]
    }
}
