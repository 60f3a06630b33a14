import BackendPOSIX
import Locks
import SocketModel
import Sockets
import TestSupport

/// How the calls of a program are made that may wait.
enum Way: String, CaseIterable, Sendable {
    /// The calling thread carries them out, and does not wait unless the step says so.
    case executed
    /// They are started with the socket's executor, and ended early when nothing comes of them.
    case awaited
}

/// A host that a stage's sockets are opened on.
final class StageHost: Sendable {
    let backend: any Backend
    private let make: @Sendable (() -> Completion) -> Completion

    /// - Parameter make: Calls what opens a socket where it becomes one of this host's.
    init(_ backend: any Backend, make: @escaping @Sendable (() -> Completion) -> Completion = { $0() }) {
        self.backend = backend
        self.make = make
    }

    func open(_ action: Operation.Action) -> Completion {
        make { unsafe backend.execute(Operation(action), memory: .none) }
    }

    /// Lets time pass.
    func pass(_ duration: Duration) {
        _ = try? backend.makeLatch().wait(until: backend.now.advanced(by: duration))
    }
}

/// A socket of a stage's, where its waiting calls are made.
final class StageSocket: Sendable {
    let handle: SocketHandle
    let host: StageHost
    private let registration: (any Registration)?

    /// How long a call may wait that is told to.
    private static let patience = Duration.milliseconds(20)
    /// How long it is waited for what is awaited, and most likely in vain.
    static let shortPatience = Duration.milliseconds(1)

    init(_ handle: SocketHandle, _ host: StageHost, _ way: Way) {
        self.handle = handle
        self.host = host
        registration = way == .awaited ? try? host.backend.register(handle) : nil
    }

    func execute(_ action: Operation.Action, _ memory: OperationMemory, isWaiting: Bool) -> Completion {
        let deadline = isWaiting ? host.backend.now.advanced(by: Self.patience) : .distantPast
        return unsafe host.backend.execute(Operation(action, on: handle, deadline: deadline), memory: memory)
    }

    /// Before it is closed.
    func endWaiting() { registration?.end() }

    /// As a task's call is made: tried, and if it has to wait, started.
    func await(_ action: Operation.Action, _ memory: OperationMemory, for patience: Duration) -> Completion {
        guard let registration else { return .failure(Failure(.unsupported)) }
        let operation = Operation(action, on: handle)
        if let completion = unsafe registration.attempt(operation, memory: memory) { return completion }
        let (sink, token) = (StageSink(host.backend.makeLatch()), Token(slot: 0, generation: Self.nextNumber()))
        unsafe registration.start(operation, token: token, memory: memory, completing: sink)
        if !sink.isDone(until: host.backend.now.advanced(by: patience)) {
            registration.cancel(token)
            // The memory is the operation's until then.
            guard sink.isDone(until: host.backend.now.advanced(by: .seconds(60))) else {
                preconditionFailure("\(operation.name) does not end though it was cancelled")
            }
        }
        return sink.completion
    }

    private static let numbers = Lock(UInt32(0))
    private static func nextNumber() -> UInt32 {
        numbers.withLock { number in
            number &+= 1
            return number
        }
    }
}

/// Waits for the one completion of an operation.
private final class StageSink: CompletionSink {
    private let latch: any Latch
    private let found = Lock<Completion?>(nil)

    init(_ latch: any Latch) { self.latch = latch }

    func complete(_ completion: consuming Completion) {
        let completion = completion
        found.withLock { $0 = completion }
        latch.open()
    }

    func receive(_ chunk: consuming Chunk, token: Token) { complete(Completion(.lent(chunk), token: token)) }

    func isDone(until instant: NetworkInstant) -> Bool { (try? latch.wait(until: instant)) == true }

    var completion: Completion { found.withLock { $0 } ?? .failure(Failure(.other)) }
}

extension Operation.Action {
    /// Whether awaiting it makes a difference.
    var mayWait: Bool {
        switch self {
        case .accept, .connect, .send, .sendMessage, .receive, .receiveMessage: true
        default: false
        }
    }

    var asksErrorQueue: Bool {
        switch self {
        case .receive(let flags), .receiveMessage(_, let flags): flags.contains(.errorQueue)
        default: false
        }
    }
}
