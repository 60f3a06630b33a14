import Sockets
import TestSupport
import Testing

/// The seam by itself and under each wrapper, which must not be noticed.
enum Wrapping: CaseIterable {
    case bare, recorded, faulty, both

    func callAsFunction(_ backend: any Backend) -> any Backend {
        switch self {
        case .bare: backend
        case .recorded: RecordingBackend(backend, recorder: Recorder())
        case .faulty: FaultInjectingBackend(backend, plan: FaultPlan())
        case .both: RecordingBackend(FaultInjectingBackend(backend, plan: FaultPlan()), recorder: Recorder())
        }
    }
}

private let handle = SocketHandle(rawValue: 3)
private func token(_ number: UInt32) -> Token { Token(slot: number, generation: 1) }

/// A socket registered through the wrappers, and what lies underneath them.
private struct Registered {
    let scripted = ScriptedBackend()
    let backend: any Backend
    let face: any Registration
    let base: ScriptedRegistration
    let sink = Collector()

    init(_ wrapping: Wrapping, _ handle: SocketHandle = handle) throws {
        backend = wrapping(scripted)
        face = try backend.register(handle)
        base = try #require(scripted.registered.first)
    }

    func start(_ action: Operation.Action, _ token: Token) { unsafe start(action, token, memory: .none) }

    func start(_ action: Operation.Action, _ token: Token, memory: OperationMemory) {
        unsafe face.start(Operation(action, on: handle), token: token, memory: memory, completing: sink)
    }
}

@Suite struct `The seam` {
    @Test(arguments: Wrapping.allCases) func `a started operation completes once`(wrapping: Wrapping) throws {
        let socket = try Registered(wrapping)
        socket.start(.connect(.loopback4), token(1))
        #expect(socket.sink.completions.isEmpty)
        socket.base.complete(token(1), .done)
        socket.base.complete(token(1), .done)
        #expect(socket.sink.completions == [Completion(.done, token: token(1))])
        #expect(socket.base.stale == 1)
    }

    @Test(arguments: Wrapping.allCases) func `a stream of accepts completes many times, the last one marked`(
        wrapping: Wrapping
    ) throws {
        let socket = try Registered(wrapping)
        socket.start(.accept, token(2))
        for number in 10..<13 as Range<Int32> {
            socket.base.complete(token(2), .accepted(SocketHandle(rawValue: number), .loopback4), isFinal: false)
        }
        socket.base.complete(token(2), .failure(Failure(errno: .tooManyOpenFiles)))
        let completions = socket.sink.completions
        #expect(completions.map(\.isFinal) == [false, false, false, true])
        #expect(completions.allSatisfy { $0.token == token(2) })
        #expect(socket.base.running == 0)
    }

    @Test(arguments: Wrapping.allCases) func `memory belongs to an operation until its final completion`(
        wrapping: Wrapping
    ) throws {
        let socket = try Registered(wrapping)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 8)
        defer { unsafe memory.deallocate() }
        unsafe socket.start(.receive([]), token(3), memory: .one(memory))
        socket.base.complete(token(3), .count(10), isFinal: false)
        #expect(socket.base.memoryInUse == 100)
        socket.face.cancel(token(3))
        #expect(socket.base.memoryInUse == 0)
        #expect(socket.sink.completions.last?.outcome == .failure(Failure(.cancelled)))
        #expect(socket.sink.completions.last?.isFinal == true)
    }

    @Test(arguments: Wrapping.allCases) func `a cancel of a token that has ended reaches nobody`(wrapping: Wrapping)
        throws
    {
        let socket = try Registered(wrapping)
        socket.start(.accept, token(4))
        socket.base.complete(token(4), .done)
        // The slot's next tenant has the same slot and another generation.
        let next = Token(slot: 4, generation: 2)
        socket.start(.accept, next)
        socket.face.cancel(token(4))
        #expect(socket.base.running == 1)
        #expect(socket.sink.completions.count == 1)
        socket.face.cancel(next)
        #expect(socket.sink.completions.last?.token == next)
    }

    @Test(arguments: Wrapping.allCases) func `cancelling all ends that socket's operations and no other's`(
        wrapping: Wrapping
    ) throws {
        let socket = try Registered(wrapping)
        let other = try socket.backend.register(SocketHandle(rawValue: 9))
        for number in 0..<2 as Range<UInt32> { socket.start(.accept, token(number)) }
        // Tokens need to differ within one socket only.
        unsafe other.start(Operation(.accept), token: token(0), memory: .none, completing: socket.sink)
        socket.face.cancelAll()
        #expect(Set(socket.sink.completions.map(\.token)) == [token(0), token(1)])
        #expect(socket.sink.completions.count == 2)
        #expect(socket.base.running == 0)
        #expect(socket.scripted.registered.last?.running == 1)
        socket.start(.accept, token(5))
        #expect(socket.sink.completions.last == Completion(.failure(Failure(.cancelled)), token: token(5)))
    }

    @Test(arguments: Wrapping.allCases) func `a start that cannot begin completes with its failure`(
        wrapping: Wrapping
    ) throws {
        let socket = try Registered(wrapping)
        for number in 0..<5 as Range<UInt32> { socket.start(.accept, token(number)) }
        #expect(socket.sink.completions == [Completion(.failure(Failure(.outOfResources)), token: token(4))])
    }

    @Test(arguments: Wrapping.allCases) func `what cannot be done at once is not attempted in vain`(
        wrapping: Wrapping
    ) throws {
        let socket = try Registered(wrapping)
        let operation = Operation(.receive([]), on: handle)
        #expect(unsafe socket.face.attempt(operation, memory: .none) == nil)
        socket.scripted.script(.count(3))
        #expect(unsafe socket.face.attempt(operation, memory: .none) == Completion(.count(3)))
        #expect(socket.base.attempted == [.receive, .receive])
    }

    @Test(arguments: Wrapping.allCases) func `a wrapper's executors and registrations are the wrapped backend's`(
        wrapping: Wrapping
    ) throws {
        let socket = try Registered(wrapping)
        let executors = try socket.backend.executors()
        #expect(executors.count == 1)
        #expect(executors.first === socket.face.executor)
        socket.face.end()
        #expect(socket.base.ends == 1)
    }

    @Test func `every descriptor that comes with a message is owned, the process's too`() throws {
        let scripted = ScriptedBackend()
        let network = try Network(.existing(scripted))
        let control: [ControlMessage] = [.processDescriptor(77), .rights([78, 79]), .mark(1)]
        scripted.script(.opened(handle), .message(MessageInfo(count: 1, control: control)), .done, .done, .done)
        let socket = try network.socket(.unix, .datagram)
        var message = try socket.receiveMessage(1, controlCapacity: 64)
        #expect(message?.control == [.processDescriptor(77), .mark(1)])
        #expect(message?.descriptors.compactMap(\.number) == [77, 78, 79])
        message = nil
        #expect(scripted.executed == [.open, .receiveMessage, .close, .close, .close])
    }

    @Test func `a backend whose answers do not fit is an error, not a trap`() throws {
        let scripted = ScriptedBackend()
        let network = try Network(.existing(scripted))
        #expect(code { () throws(SocketError) in try network.socket(.ipv4) } == .unsupported)
        scripted.script(.done, .opened(handle), .done, .count(1), .done)
        #expect(code { () throws(SocketError) in try network.socket(.ipv4) } == .other)
        let socket = try network.socket(.ipv4)
        #expect(code { () throws(SocketError) in try socket.receive(1) } == .other)
        #expect(code { () throws(SocketError) in try socket.accept() } == .other)
        try socket.close()
        #expect(scripted.executed == [.open, .open, .open, .receive, .accept, .close])
    }

    @Test func `an awaited call whose answer does not fit is an error, not a trap`() async throws {
        let scripted = ScriptedBackend()
        let network = try Network(.existing(scripted))
        scripted.script(.opened(handle), .done, .count(1))
        let socket = try network.socket(.ipv4)
        for _ in 0..<2 {
            let error = await #expect(throws: SocketError.self) { try await socket.receive(1) }
            #expect(error?.code == .other)
        }
        #expect(scripted.registered.count == 1)
    }
}

@Suite struct `Recording` {
    @Test func `operations, completions and names are noted in order`() throws {
        let recorder = Recorder()
        let network = try Network(.posix.recorded(by: recorder))
        let (a, b) = try network.socketPair()
        _ = try a.send("x")
        _ = try b.receive(1)
        _ = try network.addresses(of: "127.0.0.1", port: 1)
        try a.close()
        let names = recorder.events.map { event -> String in
            switch event {
            case .executed(let operation, _): operation.name.rawValue
            case .resolved(let query, _, _): query.operation.rawValue
            default: "other"
            }
        }
        #expect(names == ["socketpair", "send", "recv", "getaddrinfo", "close"])
        guard case .executed(_, let completion) = recorder.events[1] else { return }
        #expect(completion.outcome == .count(1))
    }

    @Test func `what finds no room is counted`() throws {
        let recorder = Recorder(capacity: 2)
        let network = try Network(.posix.recorded(by: recorder))
        for _ in 0..<3 { try network.socket(.ipv4).close() }
        #expect(recorder.events.count == 2)
        #expect(recorder.dropped == 4)
        #expect(Recorder(capacity: -1).capacity == 0)
    }

    @Test func `a started operation's completions and cancels are noted`() throws {
        let (recorder, scripted, sink) = (Recorder(), ScriptedBackend(), Collector())
        let face = try RecordingBackend(scripted, recorder: recorder).register(handle)
        let base = try #require(scripted.registered.first)
        let operation = Operation(.accept, on: handle)
        unsafe face.start(operation, token: token(1), memory: .none, completing: sink)
        base.complete(token(1), .count(1), isFinal: false)
        face.cancel(token(1))
        face.cancelAll()
        #expect(
            recorder.events == [
                .started(operation, token(1)), .completed(Completion(.count(1), token: token(1), isFinal: false)),
                .cancelled(handle, token(1)), .completed(Completion(.failure(Failure(.cancelled)), token: token(1))),
                .cancelled(handle, nil),
            ])
    }

    @Test func `an attempt is noted when something came of it, a failure too`() throws {
        let (recorder, scripted) = (Recorder(), ScriptedBackend())
        let face = try RecordingBackend(scripted, recorder: recorder).register(handle)
        let operation = Operation(.accept, on: handle)
        scripted.script(.done, .failure(Failure(errno: .ioError)))
        for _ in 0..<3 { _ = unsafe face.attempt(operation, memory: .none) }
        #expect(
            recorder.events == [
                .executed(operation, Completion(.done)), .executed(operation, .failure(Failure(errno: .ioError))),
            ])
    }

    @Test func `an awaited call that waits is one start and one completion`() async throws {
        let recorder = Recorder()
        let network = try Network(.posix.recorded(by: recorder))
        let (a, b) = try network.socketPair()
        try await withTaskExecutorPreference(network.executor) {
            async let chunk = b.receive(9, deadline: .net)
            while !recorder.events.contains(where: { if case .started = $0 { true } else { false } }) {
                await Task.yield()
            }
            try await a.sendAll("x")
            let received = try await chunk
            #expect(received == "x")
        }
        let names = recorder.events.map { event -> String in
            switch event {
            case .executed(let operation, _): operation.name.rawValue
            case .started(let operation, _): "start " + operation.name.rawValue
            case .completed(let completion): completion.isFinal ? "final" : "more"
            default: "other"
            }
        }
        #expect(names == ["socketpair", "start recv", "send", "final"])
    }
}

@Suite struct `Injecting faults` {
    @Test func `the operation a rule picks fails, before and after it all goes through`() throws {
        let plan = FaultPlan([.init(.send, skip: 1, times: 2, Failure(errno: .connectionReset))])
        let network = try Network(.posix.injecting(plan))
        let (a, b) = try network.socketPair()
        let codes = (0..<4).map { _ in code { () throws(SocketError) in try a.send("x") } }
        #expect(codes == [nil, .connectionReset, .connectionReset, nil])
        #expect(try b.receive(9)?.count == 2)
    }

    @Test func `rules can be added while the network runs, for names too`() throws {
        let plan = FaultPlan()
        let network = try Network(.posix.injecting(plan))
        plan.add(.init(.resolve, Failure(cause: .resolution(ResolutionError(.tryAgain)))))
        plan.add(.init(.spawn, Failure(errno: .resourceTemporarilyUnavailable)))
        #expect(
            failure { () throws(SocketError) in try network.addresses(of: "localhost") }?.cause
                == .resolution(ResolutionError(.tryAgain)))
        #expect(code { () throws(SocketError) in try network.spawn {} } == .wouldBlock)
        _ = try network.addresses(of: "localhost")
    }

    @Test func `a close that fails closes nevertheless`() throws {
        let network = try Network(.posix.injecting(FaultPlan([.init(.close, Failure(errno: .ioError))])))
        let (a, b) = try network.socketPair()
        #expect(failure { () throws(SocketError) in try a.close() }?.errno == .ioError)
        #expect(a.isClosed)
        #expect(try b.receive(1) == nil)
    }

    @Test func `a planned failure strikes the attempt, and what waits is let through`() throws {
        let (scripted, sink) = (ScriptedBackend(), Collector())
        let backend = FaultInjectingBackend(
            scripted, plan: FaultPlan([.init(.accept, skip: 1, Failure(errno: .tooManyOpenFiles))]))
        let face = try backend.register(handle)
        let operation = Operation(.accept, on: handle)
        #expect(unsafe face.attempt(operation, memory: .none) == nil)
        unsafe face.start(operation, token: token(1), memory: .none, completing: sink)
        #expect(sink.completions.isEmpty)
        #expect(
            unsafe face.attempt(operation, memory: .none) == .failure(Failure(errno: .tooManyOpenFiles)))
        #expect(unsafe face.attempt(operation, memory: .none) == nil)
        #expect(scripted.registered.first?.running == 1)
    }

    @Test func `an awaited call fails as the plan says, then goes through`() async throws {
        let plan = FaultPlan([.init(.receive, Failure(errno: .connectionReset))])
        let network = try Network(.posix.injecting(plan))
        let (a, b) = try network.socketPair()
        try await a.sendAll("x")
        let error = await #expect(throws: SocketError.self) { try await b.receive(9) }
        #expect(error?.code == .connectionReset)
        let chunk = try await b.receive(9, deadline: .net)
        #expect(chunk == "x")
    }
}
