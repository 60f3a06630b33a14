import Sockets
import TestSupport
import Testing

/// A machine whose user asks for its events.
@Suite struct `Conversations` {
    @Test(arguments: Backends.all) func `tell events, blocking`(backend: TestBackend) throws {
        let network = try backend.network()
        let (client, server) = try network.tcpPair()
        try client.sendAll("one\nthr")
        var conversation = server.conversation(LineMachine())
        #expect(try conversation.next(deadline: .net) == "one")
        // What has not come yet can be waited for again.
        #expect(
            code { () throws(SocketError) in try conversation.next(deadline: .within(.milliseconds(1))) } == .timedOut)
        try client.sendAll("ee\n")
        #expect(try conversation.next(deadline: .net) == "three")
        try client.shutdown(.send)
        #expect(try conversation.next(deadline: .net) == nil)
        #expect(server.isClosed)
        #expect(try client.receiveExactly(4, deadline: .net) == "3\n5\n")
    }

    @Test(arguments: Setting.all) func `tell events, awaited`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (client, server) = try await network.tcpPair()
            try await setting.place.run(network) {
                try await client.sendAll("one\nthree\n")
                try client.shutdown(.send)
                var conversation = server.conversation(LineMachine())
                var lines: [String] = []
                while let line = try await conversation.next(deadline: .net) { lines.append(line) }
                #expect(lines == ["one", "three"])
                #expect(server.isClosed)
                #expect(try await client.receiveExactly(4, deadline: .net) == "3\n5\n")
            }
        }
    }

    @Test(arguments: Backends.all) func `follow the machine's time`(backend: TestBackend) throws {
        let network = try backend.network()
        let (client, server) = try network.tcpPair()
        var conversation = server.conversation(IdleMachine(limit: .milliseconds(5)))
        #expect(try conversation.next(deadline: .net) == nil)
        #expect(server.isClosed)
        #expect(try client.receiveExactly(7, deadline: .net) == "goodbye")
    }
}
