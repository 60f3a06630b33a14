import Sockets
import TestSupport
import Testing

/// A machine at work on a connection that its user has.
@Suite struct `Running a machine` {
    /// Calls `body` with both ends of a connection, wherever the setting says.
    private func connected(
        _ setting: Setting, _ body: @escaping @Sendable (_ client: Socket, _ server: Socket) async throws -> Void
    ) async throws {
        try await setting.backend.run { network in
            let (client, server) = try await network.tcpPair()
            try await setting.place.run(network) { try await body(client, server) }
        }
    }

    /// What a machine that only waits ends by.
    private func failure(_ socket: Socket, deadline: Deadline = .net) async -> SocketError.Code? {
        await ending { () async throws(SocketError) in try await socket.run(ScriptMachine([]), deadline: deadline) }
    }

    @Test(arguments: Setting.all) func `it ends as the machine it has become`(setting: Setting) async throws {
        try await connected(setting) { client, server in
            async let echoed = server.run(EchoMachine(), deadline: .net)
            let fetch = try await client.run(CollectingMachine(["one, ", "two, ", "three"]), deadline: .net)
            #expect(fetch.text == "one, two, three")
            _ = try await echoed
            #expect(client.isClosed && server.isClosed)
        }
    }

    /// A receive is in flight then, which it cancels itself: that is nobody's failure.
    @Test(arguments: Setting.all, [false, true]) func `it may close when its own time has come`(
        setting: Setting, peerHasEnded: Bool
    ) async throws {
        try await connected(setting) { client, server in
            if peerHasEnded { try server.shutdown(.send) }
            let soon = client.network.now.advanced(by: .milliseconds(5))
            let machine = try await client.run(ScriptMachine([.wait(until: soon), .close]), deadline: .net)
            #expect(machine.outputs.isEmpty)
            #expect(client.isClosed)
            #expect(try await server.receive(deadline: .net) == nil)
        }
    }

    @Test(arguments: Setting.all) func `much goes through it both ways`(setting: Setting) async throws {
        try await connected(setting) { client, server in
            async let echoed = server.run(EchoMachine(), deadline: .net)
            let parts = (0..<100).map { Chunk([UInt8](repeating: UInt8(97 + $0 % 26), count: 10_000)) }
            let fetch = try await client.run(CollectingMachine(parts), deadline: .net)
            #expect(fetch.text == parts.map { String(decoding: $0, as: UTF8.self) }.joined())
            _ = try await echoed
        }
    }

    @Test(arguments: Setting.all) func `what its user has received already comes first`(setting: Setting) async throws {
        try await connected(setting) { client, server in
            try await server.sendAll("one, ")
            await #expect(throws: SocketError.self) {
                try await client.receiveExactly(100, deadline: .within(.milliseconds(20)))
            }
            try await server.sendAll("two")
            try server.shutdown(.send)
            #expect(try await client.run(CollectingMachine([]), deadline: .net).text == "one, two")
        }
    }

    @Test(arguments: Setting.all) func `it ends when its time is up`(setting: Setting) async throws {
        try await connected(setting) { client, server in
            #expect(await failure(client, deadline: .within(.milliseconds(5))) == .timedOut)
            #expect(client.isClosed)
            let end = try await server.receive(deadline: .net)
            #expect(end == nil)
        }
    }

    @Test(arguments: Setting.all) func `it ends when its task is cancelled`(setting: Setting) async throws {
        try await connected(setting) { client, server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { #expect(await failure(client) == .cancelled) }
                try await client.network.sleep(for: .milliseconds(5))
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(client.isClosed)
            let end = try await server.receive(deadline: .net)
            #expect(end == nil)
        }
    }

    @Test(arguments: Setting.all) func `it does not begin in a task that is cancelled`(setting: Setting) async throws {
        try await connected(setting) { client, server in
            let code = await withTaskGroup(of: SocketError.Code?.self) { group in
                group.cancelAll()
                group.addTask { await failure(client) }
                return await group.next()
            }
            #expect(code == .cancelled)
            #expect(client.isClosed)
            keep(server)
        }
    }

    @Test(arguments: Setting.all) func `it fails with its connection`(setting: Setting) async throws {
        try await connected(setting) { client, server in
            async let failure = failure(client)
            try await client.network.sleep(for: .milliseconds(5))
            try server.reset()
            #expect(await failure == .connectionReset)
            #expect(client.isClosed)
            #expect(await self.failure(client) == .closed)
        }
    }

    @Test(arguments: Setting.all) func `it is not for datagrams`(setting: Setting) async throws {
        try await setting.backend.run { network in
            try await setting.place.run(network) {
                let socket = try network.socket(.ipv4, .datagram)
                #expect(await failure(socket) == .unsupported)
                #expect(!socket.isClosed)
            }
        }
    }

    @Test(arguments: Setting.all) func `who closes the socket ends it`(setting: Setting) async throws {
        try await connected(setting) { client, server in
            async let failure = failure(client)
            try await client.network.sleep(for: .milliseconds(5))
            try await client.close()
            #expect(await failure == .closed)
            keep(server)
        }
    }
}
