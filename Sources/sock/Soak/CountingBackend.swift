import Locks
import Sockets

/// A backend whose operations in flight are counted.
final class CountingBackend: BackendWrapper {
    /// How many operations have begun and not ended.
    final class Counter: Sendable {
        private let count = Lock(0)
        var value: Int { count.withLock { $0 } }
        func add(_ change: Int) { count.withLock { $0 += change } }
    }

    let base: any Backend
    private let counter: Counter

    init(_ base: any Backend, _ counter: Counter) {
        self.base = base
        self.counter = counter
    }

    func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        counter.add(1)
        defer { counter.add(-1) }
        return unsafe base.execute(operation, memory: memory)
    }

    func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
        CountingRegistration(try base.register(socket), counter)
    }
}

private final class CountingRegistration: RegistrationWrapper {
    let base: any Registration
    private let counter: CountingBackend.Counter

    init(_ base: any Registration, _ counter: CountingBackend.Counter) {
        self.base = base
        self.counter = counter
    }

    func start(
        _ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink
    ) {
        counter.add(1)
        unsafe base.start(operation, token: token, memory: memory, completing: CountingSink(sink, counter))
    }
}

private final class CountingSink: CompletionSink {
    private let base: any CompletionSink
    private let counter: CountingBackend.Counter

    init(_ base: any CompletionSink, _ counter: CountingBackend.Counter) {
        self.base = base
        self.counter = counter
    }

    func complete(_ completion: consuming Completion) {
        if completion.isFinal { counter.add(-1) }
        base.complete(completion)
    }

    func receive(_ chunk: consuming Chunk, token: Token) {
        counter.add(-1)
        base.receive(chunk, token: token)
    }
}
