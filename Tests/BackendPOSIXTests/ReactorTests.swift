import Locks
import SocketModel
import Synchronization
import TestSupport
import Testing

@testable import BackendPOSIX

/// Keeps the completions it gets, for a thread that waits for them.
private final class Collector: CompletionSink {
    private let kept = Lock<[Completion]>([])
    var completions: [Completion] { kept.withLock { $0 } }
    func complete(_ completion: consuming Completion) {
        let completion = copy completion
        kept.withLock { $0.append(completion) }
    }

    /// The completions, as soon as there are so many; what there is after ten seconds.
    func first(_ count: Int) -> [Completion] {
        for _ in 0..<50_000 {
            if completions.count >= count { break }
            Process.pause()
        }
        return completions
    }
}

private func token(_ slot: UInt32) -> Token { Token(slot: slot, generation: 0) }

@Suite struct `A reactor's registrations` {
    private let backend: POSIXBackend

    init() throws { backend = try POSIXBackend() }

    private func pair() throws -> (SocketHandle, SocketHandle) {
        let operation = Operation(.openPair(.unix, .stream, .default))
        guard case .pair(let a, let b) = unsafe backend.execute(operation, memory: .none).outcome else {
            throw Failure(.other)
        }
        return (a, b)
    }

    private func close(_ handles: SocketHandle...) {
        for handle in handles {
            _ = unsafe backend.execute(Operation(.close(lingering: false), on: handle), memory: .none)
        }
    }

    /// What is written is kept by the kernel: nobody waits here.
    private func send(_ count: Int, on handle: SocketHandle) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        unsafe bytes.initializeMemory(as: UInt8.self, repeating: 1)
        defer { unsafe bytes.deallocate() }
        let operation = Operation(.send([]), on: handle, deadline: .distantPast)
        while case .count = unsafe backend.execute(operation, memory: .one(bytes)).outcome, count > 1 {}
    }

    private func poll(_ handle: SocketHandle, _ events: PollEvents) -> Operation {
        Operation(.poll([Operation.PollEntry(handle, events)]), on: handle)
    }

    @Test func `a poll that has to wait on does not hold up those behind it`() throws {
        let (a, b) = try pair()
        defer { close(a, b) }
        send(10_000, on: a)
        let (registration, sink) = (try backend.register(a), Collector())
        for (slot, events) in [PollEvents.writable, .readable, .writable, .readable].enumerated() {
            unsafe registration.start(
                poll(a, events), token: token(UInt32(slot)), memory: .none, completing: sink)
        }
        send(1, on: b)
        #expect(Set(sink.first(2).map(\.token)) == [token(1), token(3)])
        registration.cancelAll()
        #expect(Set(sink.first(4).suffix(2).map(\.token)) == [token(0), token(2)])
        registration.end()
    }

    @Test func `a poll that is true when it begins completes, though its event was long ago`() throws {
        let (a, b) = try pair()
        defer { close(a, b) }
        let (registration, sink) = (try backend.register(a), Collector())
        unsafe registration.start(poll(a, .readable), token: token(0), memory: .none, completing: sink)
        send(1, on: b)
        #expect(sink.first(1).map(\.outcome) == [.readiness([.readable])])
        unsafe registration.start(poll(a, .readable), token: token(1), memory: .none, completing: sink)
        #expect(sink.first(2).count == 2)
        registration.end()
    }

    @Test func `completions name their tokens, one each, in the order of the starts`() throws {
        let (a, b) = try pair()
        defer { close(a) }
        let (registration, sink) = (try backend.register(a), Collector())
        for slot in 0..<5 as Range<UInt32> {
            unsafe registration.start(
                Operation(.receive([]), on: a), token: token(slot), memory: .lent(maximum: 1), completing: sink)
        }
        for _ in 0..<3 { send(1, on: b) }
        #expect(sink.first(3).map(\.token) == [token(0), token(1), token(2)])
        registration.cancel(token(4))
        registration.cancel(token(4))
        registration.cancel(token(0))
        #expect(sink.first(4).last == Completion(.failure(Failure(.cancelled)), token: token(4)))
        close(b)
        #expect(sink.first(5).last == Completion(.lent([]), token: token(3)))
        registration.end()
    }

    private func carryOut(_ action: Operation.Action, on handle: SocketHandle) throws -> Outcome {
        let outcome = unsafe backend.execute(Operation(action, on: handle), memory: .none).outcome
        if case .failure(let failure) = outcome { throw failure }
        return outcome
    }

    private func open() throws -> SocketHandle {
        guard case .opened(let handle) = try carryOut(.open(.ipv4, .stream, .default), on: .none) else {
            throw Failure(.other)
        }
        return handle
    }

    @Test func `a listener that nobody accepts from is watched no more, and gives all its connections later`() throws {
        let (listener, clients) = (try open(), try (0..<3).map { _ in try open() })
        defer { close(listener) }
        _ = try carryOut(.bind(.loopback4), on: listener)
        _ = try carryOut(.listen(backlog: 10), on: listener)
        guard case .address(let address) = try carryOut(.localAddress, on: listener) else { throw Failure(.other) }
        let (registration, sink) = (try backend.register(listener), Collector())
        let interest = { (registration as? POSIXRegistration)?.interest.load(ordering: .relaxed) }
        func accept(_ slot: UInt32) {
            unsafe registration.start(
                Operation(.accept, on: listener), token: token(slot), memory: .none, completing: sink)
        }
        accept(0)
        _ = try carryOut(.connect(address), on: clients[0])
        #expect(sink.first(1).count == 1)
        for client in clients.dropFirst() { _ = try carryOut(.connect(address), on: client) }
        for _ in 0..<50_000 where interest() != 0 { Process.pause() }
        #expect(interest() == 0)
        accept(1)
        accept(2)
        let accepted = sink.first(3)
        #expect(accepted.map(\.token) == [token(0), token(1), token(2)])
        for completion in accepted {
            guard case .accepted(let handle, _) = completion.outcome else { throw Failure(.other) }
            close(handle)
        }
        for client in clients { close(client) }
        registration.end()
    }

    @Test func `after all were cancelled nothing begins any more`() throws {
        let (a, b) = try pair()
        defer { close(a, b) }
        let (registration, sink) = (try backend.register(a), Collector())
        registration.cancelAll()
        send(1, on: b)
        for (slot, action) in [Operation.Action.receive([]), .accept, .poll([])].enumerated() {
            unsafe registration.start(
                Operation(action, on: a), token: token(UInt32(slot)), memory: .lent(maximum: 1), completing: sink)
        }
        #expect(sink.first(3).map(\.outcome) == Array(repeating: .failure(Failure(.cancelled)), count: 3))
        registration.end()
    }

    @Test func `what cannot be watched completes with its failure`() throws {
        let folder = TemporaryDirectory()
        let file = folder.file([1])
        defer { Process.close(file) }
        let (registration, sink) = (try backend.register(SocketHandle(rawValue: file)), Collector())
        let operation = Operation(.poll([]), on: SocketHandle(rawValue: file))
        unsafe registration.start(operation, token: token(0), memory: .none, completing: sink)
        #expect(sink.first(1).map(\.outcome) == [.failure(Failure(errno: .notPermitted))])
        registration.end()
    }
}

@Suite struct `A reactor's end` {
    @Test func `a timer fires though nobody holds its backend any more`() throws {
        let sink = Collector()
        do {
            let backend = try POSIXBackend()
            let executor = try #require(try backend.executors().first)
            _ = executor.startTimer(until: backend.now.advanced(by: .milliseconds(100)), completing: sink)
        }
        #expect(sink.first(1) == [Completion(.done)])
    }

    @Test func `a timer that outlives its backend can be cancelled`() throws {
        let sink = Collector()
        let timer: any NetworkTimer
        do {
            let backend = try POSIXBackend()
            let executor = try #require(try backend.executors().first)
            timer = executor.startTimer(until: .distantFuture, completing: sink)
        }
        timer.cancel()
        timer.cancel()
        #expect(sink.first(1) == [.failure(Failure(.cancelled))])
    }
}
