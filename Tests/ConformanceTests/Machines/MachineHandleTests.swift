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

        private func say(_ line: String, by speaker: MachineHandle<Member>) {
            for member in members.withLock({ $0 }) where member != speaker { member.tell { $0.send(line) } }
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
            for number in 0..<3 { handle.tell { $0.send("\(number)") } }
        } _: { handle, peer in
            let lines = try peer.framed(by: LineFraming().text)
            for number in 0..<3 { #expect(try await lines.next(deadline: .net) == "\(number)") }
            handle.tell { $0.send("3") }
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
                        for number in 0..<count { handle.tell { $0.send("\(teller) \(number)") } }
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
            handle.withLock { $0 }?.tell { $0.send("later \(line)") }
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
                    for _ in 0..<10 { machine.send(line) }
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

    @Test(arguments: Setting.all) func `a handle is one machine's`(setting: Setting) async throws {
        _ = try await working(setting, Self.silent) { handle, peer in
            let network = peer.network
            let (other, end) = try await network.tcpPair()
            // Once it has begun: the task that runs it may not have been first.
            handle.tell { $0.send("begun") }
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
