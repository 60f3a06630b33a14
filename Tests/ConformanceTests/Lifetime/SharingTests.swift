import Sockets
import TestSupport
import Testing

/// A second holder of a conversation, while the first waits for input: the wait goes on, and nothing stands still.
@Suite(.timeLimit(.minutes(10))) struct `Sharing a socket that is being received from` {
    enum Way: String, CaseIterable, Sendable {
        case duplicate, file, pass, detach

        /// Shares `socket`; what must be kept, and whether its own receive goes on.
        func share(_ socket: Socket, _ network: Network) async throws -> (kept: [Socket], goesOn: Bool) {
            switch self {
            case .duplicate: return ([try socket.duplicate()], true)
            case .file:
                _ = try socket.file(.write)
                return ([], true)
            case .pass:
                let (a, b) = try network.socketPair()
                try await a.send("x", passing: [socket])
                return ([a, b], true)
            case .detach: return ([try network.adopt(descriptor: await socket.detach())], false)
            }
        }
    }

    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess), Way.allCases)
    func `on its executor`(backend: TestBackend, way: Way) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try await network.tcpPair()
                async let first = Result { () async throws(SocketError) in try await b.receive(deadline: .net) }
                try await network.sleep(for: .milliseconds(5))
                let (kept, goesOn) = try await way.share(b, network)
                // Whoever waits gets what comes; whose socket was detached is told, and the new one gets it.
                try await a.sendAll("hello")
                if goesOn {
                    #expect(try await first.get() == "hello")
                } else {
                    #expect(await first.error?.code == .closed)
                    #expect(try await kept[0].receive(deadline: .net) == "hello")
                }
                keep(kept)
            }
        }
    }

    /// What has been received ahead comes before what comes after, whoever shares the socket meanwhile, and on whatever thread.
    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess), 0..<10)
    func `every byte comes in order`(backend: TestBackend, round: Int) async throws {
        let network = try backend.network()
        let (a, b) = try await network.tcpPair()
        let sent = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        let reading = Task(executorPreference: try network.executor) {
            var received: [UInt8] = []
            while let chunk = try await b.receive(100, deadline: .net) { received += chunk }
            return received
        }
        let sending = Task {
            for start in stride(from: 0, to: sent.count, by: 1000) { try await a.sendAll(sent[start..<start + 1000]) }
            try a.shutdown(.send)
        }
        let thread = try network.spawn { for _ in 0..<6 { _ = try? b.duplicate() } }
        try await sending.value
        #expect(try await reading.value == sent, "round \(round)")
        try await thread.join()
    }

    /// Also when it has not been received from yet.
    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `a passed socket leaves to the other what is not asked for`(backend: TestBackend) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try await network.tcpPair()
                let (sender, receiver) = try network.socketPair()
                try await sender.send("x", passing: [b])
                let message = try await receiver.receiveMessage(10, controlCapacity: 64, deadline: .net)
                let other = try network.adopt(descriptor: try #require(message?.descriptors.first?.take()))
                async let first = b.receive(2, deadline: .net)
                try await network.sleep(for: .milliseconds(5))
                try await a.sendAll("hello world")
                #expect(try await first == "he")
                #expect(try await other.receive(deadline: .net) == "llo world")
            }
        }
    }

    /// Whoever reads by it reads on, as an HTTP client does that has awaited the first line.
    @Test(arguments: Backends.all) func `a file begins with what has been received`(backend: TestBackend) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try await network.tcpPair()
                async let first = b.receive(2, deadline: .net)
                try await network.sleep(for: .milliseconds(5))
                try await a.sendAll("heard of a line\nand more")
                try a.shutdown(.send)
                #expect(try await first == "he")
                try await network.sleep(for: .milliseconds(5))
                let writing = try b.file(.write)
                let file = try b.file([.read, .write])
                #expect(try await file.readLine() == "ard of a line\n")
                #expect(try await file.read() == "and more")
                try await writing.write("answer")
                try await writing.close()
                #expect(try await a.receive(deadline: .net) == "answer")
            }
        }
    }

    /// What a wait has asked of the kernel keeps no socket open.
    @Test(arguments: Backends.kernel(.descriptorsOfTheProcess))
    func `a socket that was waited for ends when it is closed`(backend: TestBackend) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for deadline in [Deadline.net, .within(.milliseconds(2))] {
                    let socket = try network.socket(.ipv4, .datagram)
                    try socket.bind(to: .loopback4)
                    let address = try socket.localAddress()
                    let sender = try network.socket(.ipv4, .datagram)
                    if deadline == .net { try await sender.send("x", to: address) }
                    _ = try await socket.wait(for: .readable, deadline: deadline)
                    try await socket.close()
                    try network.socket(.ipv4, .datagram).bind(to: address)
                }
            }
        }
    }

    @Test(arguments: Backends.kernel(.severalExecutors), [Way.pass, .detach])
    func `on another's`(backend: TestBackend, way: Way) async throws {
        let network = try backend.network(threads: 2)
        let (a, b) = try await network.tcpPair()
        // Whichever executor these are on, one of them is not the socket's.
        for executor in try network.executors {
            let task = Task(executorPreference: executor) {
                async let first = b.receive(deadline: .net)
                try await network.sleep(for: .milliseconds(5))
                try await a.sendAll("!")
                return try await first
            }
            #expect(try await task.value == "!")
        }
        let elsewhere = try #require(network.executors.last)
        let share = Task(executorPreference: elsewhere) { try await way.share(b, network).kept }
        keep(try await share.value)
    }
}

extension Result where Success == Chunk?, Failure == SocketError {
    fileprivate init(_ body: () async throws(SocketError) -> Chunk?) async {
        do throws(SocketError) { self = .success(try await body()) } catch { self = .failure(error) }
    }

    fileprivate var error: SocketError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
