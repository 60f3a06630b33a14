import Locks
import Sockets
import TestSupport
import Testing

/// Machines that hear of others than their peers.
@Suite struct `Telling a machine` {
    private typealias Member = FramedMachine<TextFraming<LineFraming>, Void>

    /// Members, who hear each other.
    private final class Room: Sendable {
        private let members = Lock<[MachineHandle<Member>]>([])

        var count: Int { members.withLock { $0.count } }

        func join(_ member: MachineHandle<Member>) -> Member {
            members.withLock { $0.append(member) }
            member.whenOver { self.members.withLock { all in all.removeAll { $0 == member } } }
            return FramedMachine(LineFraming().text) { line in
                self.say(line, by: member)
                return []
            }
        }

        func say(_ line: String, by speaker: MachineHandle<Member>) {
            for member in members.withLock({ $0 }) where member != speaker { member.tell { try? $0.send(line) } }
        }
    }

    @Test(arguments: Backends.all) func `what one connection says others hear, in order`(backend: TestBackend)
        async throws
    {
        let room = Room()
        try await backend.run { network in
            let listener = try network.listen(at: .loopback4)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await listener.serve(machineFor: { _, handle in room.join(handle) }) }
                var members: [FramedSocket<TextFraming<LineFraming>>] = []
                for number in 1...3 {
                    let socket = try await network.connect(to: listener.localAddress(), deadline: .net)
                    members.append(try socket.framed(by: LineFraming().text))
                    while room.count < number { try await network.sleep(for: .milliseconds(1)) }
                }
                try await members[0].send(contentsOf: (0..<100).map { "line \($0)" })
                for member in members.dropFirst() {
                    for number in 0..<100 {
                        #expect(try await member.next(deadline: .net) == "line \(number)")
                    }
                }
                try await members[0].stream.close()
                while room.count > 2 { try await network.sleep(for: .milliseconds(1)) }
                try await members[1].send("still here")
                #expect(try await members[2].next(deadline: .net) == "still here")
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(room.count == 0)
    }

    /// Calls `body` with a machine's handle and its peer, while it works.
    private func working<Machine: StreamMachine>(
        _ setting: Setting, _ machine: Machine,
        before: @escaping @Sendable (MachineHandle<Machine>) -> Void = { _ in },
        _ body: @escaping @Sendable (MachineHandle<Machine>, Socket) async throws -> Void
    ) async throws -> SocketError.Code? where Machine.Event == Never {
        let ended = Lock<SocketError.Code?>(nil)
        try await setting.backend.run { network in
            let (client, server) = try await network.tcpPair()
            let handle = MachineHandle<Machine>()
            before(handle)
            let running = try Pending(setting, network) { () async throws(SocketError) in
                try await server.run(machine, handle: handle, deadline: .net)
            }
            try await setting.place.run(network) { try await body(handle, client) }
            let code = await running.code
            ended.withLock { $0 = code }
            #expect(handle.isOver && server.isClosed)
        }
        return ended.withLock { $0 }
    }

    private static let silent = FramedMachine(LineFraming().text) { _ in [] }

    @Test(arguments: Setting.all) func `what it is told before it begins it hears first`(setting: Setting) async throws
    {
        let code = try await working(setting, Self.silent) { handle in
            for number in 0..<3 { handle.tell { try? $0.send("\(number)") } }
        } _: { handle, peer in
            let lines = try peer.framed(by: LineFraming().text)
            for number in 0..<3 { #expect(try await lines.next(deadline: .net) == "\(number)") }
            handle.tell { try? $0.send("3") }
            #expect(try await lines.next(deadline: .net) == "3")
            handle.tell { $0.close() }
            #expect(try await lines.next(deadline: .net) == nil)
        }
        #expect(code == nil)
    }

    @Test(arguments: Setting.all) func `it hears each of many at once, in its order`(setting: Setting) async throws {
        let (tellers, count) = (4, 500)
        _ = try await working(setting, Self.silent) { handle, peer in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for teller in 0..<tellers {
                    group.addTask {
                        for number in 0..<count { handle.tell { try? $0.send("\(teller) \(number)") } }
                    }
                }
                var next = [Int](repeating: 0, count: tellers)
                let lines = try peer.framed(by: LineFraming().text)
                for _ in 0..<tellers * count {
                    let words = try #require(try await lines.next(deadline: .net)).split(separator: " ").compactMap {
                        Int($0)
                    }
                    #expect(words[1] == next[words[0]])
                    next[words[0]] += 1
                }
                try await group.waitForAll()
            }
            try await peer.close()
        }
    }

    @Test(arguments: Setting.all) func `it may tell itself`(setting: Setting) async throws {
        let handle = Lock<MachineHandle<FramedMachine<TextFraming<LineFraming>, Void>>?>(nil)
        let machine = FramedMachine(LineFraming().text) { line in
            handle.withLock { $0 }?.tell { try? $0.send("later \(line)") }
            return ["now \(line)"]
        }
        _ = try await working(setting, machine) { own in
            handle.withLock { $0 = own }
        } _: { _, peer in
            let lines = try peer.framed(by: LineFraming().text)
            for word in ["one", "two"] {
                try await lines.send(word)
                #expect(try await lines.next(deadline: .net) == "now \(word)")
                #expect(try await lines.next(deadline: .net) == "later \(word)")
            }
            try await peer.close()
        }
        handle.withLock { $0 = nil }
    }

    @Test(arguments: Setting.all) func `one whose peer does not read is told, and can be cancelled`(setting: Setting)
        async throws
    {
        let unsent = Lock(0)
        let code = try await working(setting, Self.silent) { handle, peer in
            let line = String(repeating: "x", count: 10_000)
            // Far more than the systems' buffers take.
            while unsent.withLock({ $0 }) < 1 << 20, !handle.isOver {
                handle.tell { machine in
                    for _ in 0..<10 { try? machine.send(line) }
                    unsent.withLock { $0 = machine.unsentCount }
                }
                try await peer.network.sleep(for: .microseconds(100))
            }
            handle.cancel()
            while !handle.isOver { try await peer.network.sleep(for: .milliseconds(1)) }
            try await peer.close()
        }
        #expect(code == .cancelled)
    }

    @Test(arguments: Setting.all) func `one that is over is told nothing`(setting: Setting) async throws {
        let endings = Lock(0)
        _ = try await working(setting, Self.silent) { handle, peer in
            handle.whenOver { endings.withLock { $0 += 1 } }
            #expect(!handle.isOver && endings.withLock { $0 } == 0)
            try await peer.close()
            while !handle.isOver { try await peer.network.sleep(for: .milliseconds(1)) }
            #expect(!handle.tell { _ in endings.withLock { $0 += 1000 } })
            handle.cancel()
            handle.whenOver { endings.withLock { $0 += 10 } }
        }
        #expect(endings.withLock { $0 } == 11)
    }

    @Test(arguments: Setting.all) func `what is told behind a cancel is told nobody`(setting: Setting) async throws {
        let heard = Lock<[String]>([])
        let code = try await working(setting, Self.silent) { handle in
            handle.tell { _ in heard.withLock { $0.append("before") } }
            handle.cancel()
            handle.tell { _ in heard.withLock { $0.append("behind") } }
            handle.whenOver { heard.withLock { $0.append("over") } }
        } _: { _, peer in
            _ = try? await peer.receive(deadline: .net)
        }
        #expect(code == .cancelled)
        #expect(heard.withLock { $0 } == ["before", "over"])
    }

    @Test(arguments: Setting.all) func `a change that ends its own connection is made to its end first`(
        setting: Setting
    )
        async throws
    {
        let log = Lock<[String]>([])
        let task = Lock<Task<Void, Never>?>(nil)
        let handle = MachineHandle<Member>()
        try await setting.backend.run { network in
            let (client, server) = try await network.tcpPair()
            try await setting.place.run(network) {
                let executor = try network.executor
                let running = Task(executorPreference: executor) {
                    _ = try? await server.run(Self.silent, handle: handle, deadline: .net)
                }
                task.withLock { $0 = running }
                handle.whenOver { log.withLock { $0.append("over") } }
                handle.tell { _ in
                    log.withLock { $0.append("begins") }
                    task.withLock { $0 }?.cancel()
                    log.withLock { $0.append("ends") }
                }
                await running.value
                try await client.close()
            }
        }
        #expect(log.withLock { $0 } == ["begins", "ends", "over"])
    }

    @Test(arguments: Setting.of(Backends.kernel(.timeThatPasses)))
    func `a machine that goes on telling itself holds up nobody`(setting: Setting)
        async throws
    {
        let goesOn = Lock(true)
        let code = try await working(setting, Self.silent) { handle, peer in
            @Sendable func again() {
                handle.tell { _ in if goesOn.withLock({ $0 }) { again() } }
            }
            again()
            for _ in 0..<3 {
                let (one, other) = try await peer.network.tcpPair()
                try await one.sendAll("x")
                #expect(try await other.receive(deadline: .net) == "x")
            }
            goesOn.withLock { $0 = false }
            try await peer.close()
        }
        #expect(code == nil)
    }

    @Test(arguments: Setting.all) func `a handle whose machine cannot begin is over`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (client, server) = try await network.tcpPair()
            try await server.close()
            let handle = MachineHandle<Member>()
            let over = Lock(false)
            handle.whenOver { over.withLock { $0 = true } }
            #expect(
                await ending { () async throws(SocketError) in try await server.run(Self.silent, handle: handle) }
                    == .closed)
            #expect(handle.isOver && over.withLock { $0 } && !handle.tell { _ in })
            try await client.close()
        }
    }

    @Test func `the end of one that is told as its host crashes is told later`() throws {
        let simulation = Simulation(seed: 3)
        let room = Room()
        let server = simulation.host("server")
        let endings = Lock(0)
        server.run(inBackground: true) { network in
            try await network.listen("0.0.0.0:7").serve(machineFor: { _, handle in
                handle.whenOver {
                    endings.withLock { $0 += 1 }
                    room.say("somebody has left", by: handle)
                }
                return room.join(handle)
            })
        }
        for _ in 0..<500 {
            simulation.host("client").run(inBackground: true) { network in
                let socket = try await network.connect(to: "server", port: 7)
                _ = try? await socket.receive()
                try await network.sleep(for: .seconds(100))
            }
        }
        try simulation.run(for: .seconds(5))
        #expect(room.count == 500)
        server.crash()
        try simulation.run(for: .seconds(5))
        #expect(endings.withLock { $0 } == 500 && room.count == 0)
    }

    @Test(arguments: Setting.all) func `one whose peer takes nothing fails after its limit, with a reset`(
        setting: Setting
    ) async throws {
        let machine = FramedMachine(LineFraming().text, idleLimit: .milliseconds(100)) { _ in
            FramedReply([String](repeating: String(repeating: "x", count: 60_000), count: 200))
        }
        let code = try await working(setting, machine) { handle, peer in
            // More answers than the systems' buffers take.
            for _ in 0..<4 { try await peer.sendAll("more\n") }
            while !handle.isOver { try await peer.network.sleep(for: .milliseconds(5)) }
            await #expect(throws: SocketError.self) {
                while try await peer.receive(deadline: .net) != nil {}
            }
        }
        #expect(code == .timedOut)
    }

    @Test(arguments: Setting.all) func `a handle is one machine's`(setting: Setting) async throws {
        _ = try await working(setting, Self.silent) { handle, peer in
            let network = peer.network
            let (other, end) = try await network.tcpPair()
            // Once it has begun: the task that runs it may not have been first.
            handle.tell { try? $0.send("begun") }
            #expect(try await peer.framed(by: LineFraming().text).next(deadline: .net) == "begun")
            let code = await ending { () async throws(SocketError) in try await other.run(Self.silent, handle: handle) }
            #expect(code == .invalidArgument)
            #expect(!other.isClosed)
            try await other.close()
            try await end.close()
            try await peer.close()
        }
    }
}
