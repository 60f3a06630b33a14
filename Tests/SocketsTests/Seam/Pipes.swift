import Dispatch
import Sockets
import Synchronization

import class Foundation.Thread

// The article "Writing a backend" shows this file; a test of the documentation holds them together.

/// Streams in memory between the two ends of a pair, for threads that wait: a whole backend, and a small one.
final class Pipes: Backend {
    let name = "pipes"
    private let state = Mutex(PipeState())

    func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        let operation = copy operation
        while true {
            let door = operation.deadline == .distantPast ? nil : Door()
            if let outcome = state.withLock({ unsafe $0.attempt(operation, memory, door) }) {
                return Completion(outcome)
            }
            guard let door else { return .failure(Failure(.wouldBlock)) }
            guard door.wait(until: operation.deadline) else {
                state.withLock { $0.forget(door, of: operation.socket) }
                return .failure(Failure(.timedOut))
            }
        }
    }

    func cancel(_ socket: SocketHandle) { state.withLock { $0.cancel(socket) } }
}

extension Pipes {
    func register(_ socket: SocketHandle) throws(Failure) -> any Registration { throw Self.blocking }
    func executors() throws(Failure) -> [any NetworkExecutor] { throw Self.blocking }

    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer { throw Self.nameless }
    func startResolving(_ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void) {
        completion(.failure(Self.nameless))
    }

    private static let blocking = Failure(.unsupported, detail: "pipes have no awaited calls")
    private static let nameless = Failure(.unsupported, detail: "pipes have no names")

    var now: NetworkInstant { NetworkInstant(nanoseconds: Int64(DispatchTime.now().uptimeNanoseconds)) }
    func makeLatch() -> any Latch { Door() }

    func fillRandom(_ memory: UnsafeMutableRawBufferPointer) {
        var generator = SystemRandomNumberGenerator()
        for index in memory.indices { unsafe memory[index] = generator.next() }
    }

    func spawn(named name: String, _ body: @escaping @Sendable () -> Void) throws(Failure) -> any Latch {
        let door = Door()
        let thread = Thread {
            body()
            door.open()
        }
        thread.name = name
        thread.start()
        return door
    }
}

/// Whoever has passed leaves it open for the next.
final class Door: Latch {
    private let turnstile = DispatchSemaphore(value: 0)

    func open() { turnstile.signal() }

    func wait(until instant: NetworkInstant) -> Bool {
        // Zero would mean "now" to Dispatch, which is past as well as one is.
        let moment = DispatchTime(uptimeNanoseconds: UInt64(max(instant.nanoseconds, 1)))
        guard turnstile.wait(timeout: instant == .distantFuture ? .distantFuture : moment) == .success else {
            return false
        }
        turnstile.signal()
        return true
    }
}

/// One end of a pair, with what has come to it and has not been received.
struct PipeEnd {
    static let capacity = 65_536
    let peer: SocketHandle
    var inbox: [UInt8] = []
    /// Nothing more comes: the peer has shut its sending half, or is closed.
    var hasEnded = false
    var isCancelled = false
    /// Those who wait for a change of this end.
    var doors: [Door] = []

    mutating func wake() {
        for door in doors { door.open() }
        doors = []
    }
}

/// All ends, by numbers that are never used again.
struct PipeState {
    private var ends: [SocketHandle: PipeEnd] = [:]
    private var next: Int32 = 0

    /// What comes of the operation; nil if it has to wait, and then the door opens when it is worth another try.
    mutating func attempt(_ operation: Operation, _ memory: OperationMemory, _ door: Door?) -> Outcome? {
        if case .openPair(_, .stream, _) = operation.action { return openPair() }
        guard let end = ends[operation.socket] else { return .failure(Failure(.unsupported)) }
        if case .close = operation.action { return close(operation.socket, end) }
        if end.isCancelled { return .failure(Failure(.cancelled)) }
        let outcome: Outcome?
        switch operation.action {
        case .send([]): outcome = unsafe send(memory, end)
        case .receive([]): outcome = unsafe receive(memory, operation.socket, end)
        case .shutdown(.send):
            endStream(to: end.peer)
            outcome = .done
        // What it cannot do it refuses: other calls, and flags that it does not know.
        default: outcome = .failure(Failure(.unsupported))
        }
        if outcome == nil, let door { ends[operation.socket]?.doors.append(door) }
        return outcome
    }

    mutating func cancel(_ socket: SocketHandle) {
        ends[socket]?.isCancelled = true
        ends[socket]?.wake()
    }

    mutating func forget(_ door: Door, of socket: SocketHandle) { ends[socket]?.doors.removeAll { $0 === door } }
}

extension PipeState {
    private mutating func openPair() -> Outcome {
        let (first, second) = (SocketHandle(rawValue: next), SocketHandle(rawValue: next + 1))
        next += 2
        ends[first] = PipeEnd(peer: second)
        ends[second] = PipeEnd(peer: first)
        return .pair(first, second)
    }

    private mutating func close(_ socket: SocketHandle, _ end: PipeEnd) -> Outcome {
        ends[socket] = nil
        endStream(to: end.peer)
        return .done
    }

    private mutating func endStream(to peer: SocketHandle) {
        ends[peer]?.hasEnded = true
        ends[peer]?.wake()
    }

    private mutating func send(_ memory: OperationMemory, _ end: PipeEnd) -> Outcome? {
        guard case .one(let bytes) = unsafe memory else { return .failure(Failure(.invalidArgument)) }
        guard let peer = ends[end.peer], !peer.hasEnded else { return .failure(Failure(errno: .brokenPipe)) }
        let room = PipeEnd.capacity - peer.inbox.count
        if room == 0, unsafe !bytes.isEmpty { return nil }
        let count = min(room, bytes.count)
        unsafe ends[end.peer]?.inbox.append(contentsOf: bytes.prefix(count))
        ends[end.peer]?.wake()
        return .count(count)
    }

    private mutating func receive(_ memory: OperationMemory, _ socket: SocketHandle, _ end: PipeEnd) -> Outcome? {
        if end.inbox.isEmpty, !end.hasEnded { return nil }
        guard case .one(let room) = unsafe memory else { return .failure(Failure(.invalidArgument)) }
        let count = min(room.count, end.inbox.count)
        unsafe room.copyBytes(from: end.inbox.prefix(count))
        ends[socket]?.inbox.removeFirst(count)
        ends[end.peer]?.wake()
        return .count(count)
    }
}
