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

@Suite struct `The seam` {
    @Test(arguments: Wrapping.allCases) func `a started operation completes once`(wrapping: Wrapping) throws {
        let (scripted, sink) = (ScriptedBackend(), Collector())
        let backend = wrapping(scripted)
        try unsafe backend.start(
            Operation(.connect(.loopback4), on: handle), token: token(1), memory: .none, completing: sink)
        #expect(sink.completions.isEmpty)
        scripted.complete(token(1), .done)
        scripted.complete(token(1), .done)
        #expect(sink.completions == [Completion(.done, token: token(1))])
        #expect(scripted.stale == 1)
    }

    @Test(arguments: Wrapping.allCases) func `a stream of accepts completes many times, the last one marked`(
        wrapping: Wrapping
    ) throws {
        let (scripted, sink) = (ScriptedBackend(), Collector())
        try unsafe wrapping(scripted).start(
            Operation(.accept, on: handle), token: token(2), memory: .none, completing: sink)
        for number in 10..<13 as Range<Int32> {
            scripted.complete(token(2), .accepted(SocketHandle(rawValue: number), .loopback4), isFinal: false)
        }
        scripted.complete(token(2), .failure(Failure(errno: .tooManyOpenFiles)))
        #expect(sink.completions.count == 4)
        #expect(sink.completions.map(\.isFinal) == [false, false, false, true])
        #expect(sink.completions.allSatisfy { $0.token == token(2) })
        #expect(scripted.running == 0)
    }

    @Test(arguments: Wrapping.allCases) func `memory belongs to an operation until its final completion`(
        wrapping: Wrapping
    ) throws {
        let (scripted, sink) = (ScriptedBackend(), Collector())
        let backend = wrapping(scripted)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 8)
        defer { unsafe memory.deallocate() }
        try unsafe backend.start(
            Operation(.receive([]), on: handle), token: token(3), memory: .one(memory), completing: sink)
        scripted.complete(token(3), .count(10), isFinal: false)
        #expect(scripted.memoryInUse == 100)
        backend.cancel(.operation(token(3)))
        #expect(scripted.memoryInUse == 0)
        #expect(sink.completions.last?.outcome == .failure(Failure(.cancelled)))
        #expect(sink.completions.last?.isFinal == true)
    }

    @Test(arguments: Wrapping.allCases) func `a cancel of a token that has ended reaches nobody`(wrapping: Wrapping)
        throws
    {
        let (scripted, sink) = (ScriptedBackend(), Collector())
        let backend = wrapping(scripted)
        try unsafe backend.start(Operation(.accept, on: handle), token: token(4), memory: .none, completing: sink)
        scripted.complete(token(4), .done)
        // The slot's next tenant has the same slot and another generation.
        let next = Token(slot: 4, generation: 2)
        try unsafe backend.start(Operation(.accept, on: handle), token: next, memory: .none, completing: sink)
        backend.cancel(.operation(token(4)))
        #expect(scripted.running == 1)
        #expect(sink.completions.count == 1)
        backend.cancel(.operation(next))
        #expect(sink.completions.last?.token == next)
    }

    @Test(arguments: Wrapping.allCases) func `cancelling a socket ends all its operations and no others`(
        wrapping: Wrapping
    ) throws {
        let (scripted, sink) = (ScriptedBackend(), Collector())
        let backend = wrapping(scripted)
        for number in 0..<3 as Range<UInt32> {
            let socket = number == 2 ? SocketHandle(rawValue: 9) : handle
            try unsafe backend.start(
                Operation(.accept, on: socket), token: token(number), memory: .none, completing: sink)
        }
        backend.cancel(.socket(handle))
        #expect(Set(sink.completions.map(\.token)) == [token(0), token(1)])
        #expect(scripted.running == 1)
    }

    @Test(arguments: Wrapping.allCases) func `a refused start completes nothing`(wrapping: Wrapping) throws {
        let (scripted, sink) = (ScriptedBackend(), Collector())
        let backend = wrapping(scripted)
        for number in 0..<4 as Range<UInt32> {
            try unsafe backend.start(Operation(.accept), token: token(number), memory: .none, completing: sink)
        }
        #expect(throws: Failure(.outOfResources, detail: "4 operations are started at most")) {
            try unsafe backend.start(Operation(.accept), token: token(4), memory: .none, completing: sink)
        }
        #expect(sink.completions.isEmpty)
    }

    @Test(arguments: Wrapping.allCases) func `the posix backend refuses start, saying why`(wrapping: Wrapping) throws {
        let backend = wrapping(try BackendChoice.posix.makeBackend())
        let failure = #expect(throws: Failure.self) {
            try unsafe backend.start(
                Operation(.accept, on: handle), token: token(0), memory: .none, completing: Collector())
        }
        #expect(failure?.code == .unsupported)
        #expect(failure?.detail?.contains("blocking") == true)
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

    @Test func `a start that is refused is one event`() throws {
        let recorder = Recorder()
        let backend = RecordingBackend(try BackendChoice.posix.makeBackend(), recorder: recorder)
        #expect(throws: Failure.self) {
            try unsafe backend.start(Operation(.accept), token: token(1), memory: .none, completing: Collector())
        }
        #expect(recorder.events.count == 1)
        guard case .started(_, token(1), .some) = recorder.events.first else {
            Issue.record("\(recorder.events)")
            return
        }
    }

    @Test func `a started operation's completions and cancels are noted`() throws {
        let (recorder, scripted, sink) = (Recorder(), ScriptedBackend(), Collector())
        let backend = RecordingBackend(scripted, recorder: recorder)
        let operation = Operation(.accept, on: handle)
        try unsafe backend.start(operation, token: token(1), memory: .none, completing: sink)
        scripted.complete(token(1), .count(1), isFinal: false)
        backend.cancel(.operation(token(1)))
        #expect(
            recorder.events == [
                .started(operation, token(1), nil), .completed(Completion(.count(1), token: token(1), isFinal: false)),
                .cancelled(.operation(token(1))),
                .completed(Completion(.failure(Failure(.cancelled)), token: token(1))),
            ])
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

    @Test func `a planned failure refuses a start`() throws {
        let scripted = ScriptedBackend()
        let backend = FaultInjectingBackend(
            scripted, plan: FaultPlan([.init(.accept, Failure(errno: .tooManyOpenFiles))]))
        #expect(throws: Failure(errno: .tooManyOpenFiles)) {
            try unsafe backend.start(Operation(.accept), token: token(1), memory: .none, completing: Collector())
        }
        #expect(scripted.running == 0)
    }
}
