import Sockets
import TestSupport
import Testing

/// Peers that reset their connections whenever it hurts.
@Suite(.serialized, .timeLimit(.minutes(10))) struct `Connections that are reset` {
    @Test(arguments: Backends.all) func `parked calls end`(backend: TestBackend) throws {
        let network = try backend.network()
        for call in ResetCall.allCases {
            let (client, server) = try network.tcpPair()
            if call.isSend { try server.fill() }
            let waiting = try Aside(network) { () throws(SocketError) in try call.block(server) }
            waiting.awaitParked()
            try client.reset()
            let code = waiting.failure()?.code
            #expect(call.ends.contains(code), "\(call): \(String(describing: code))")
        }
    }

    @Test(arguments: Setting.all, ResetCall.allCases) func `suspended calls end`(
        setting: Setting, call: ResetCall
    ) async throws {
        try await setting.backend.run { network in
            let (client, server) = try await network.tcpPair()
            if call.isSend { try await server.fill() }
            let waiting = try Pending(setting, network) { () async throws(SocketError) in try await call.wait(server) }
            await waiting.suspend()
            try client.reset()
            let code = await waiting.code
            #expect(call.ends.contains(code), "\(String(describing: code))")
        }
    }

    /// Linux accepts what was reset while it waited to be accepted, and tells the first call; others would say `ECONNABORTED`.
    @Test(arguments: Backends.all) func `those that are reset before they are accepted do no harm to a server`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let listener = try network.listen(at: .loopback4)
            for _ in 0..<20 {
                let client = try await network.connect(to: listener.localAddress(), deadline: .net)
                try await client.sendAll("never read")
                try client.reset()
            }
            let served = try Served(network, listener) { try await echo($0) }
            try await exchange("still there", with: await served.client())
            // Each of them has come to its end: as a failed connection, or one that could not be accepted.
            await served.probe.wait { events in
                events.count { [.failed, .ended, .acceptFailed].contains(ServerProbe.Kind($0)) } >= 20
            }
            try await served.stop()
        }
    }

    @Test(arguments: Backends.all) func `a server goes on under resets at any moment`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let served = try Served(network) { connection in
                while let chunk = try await connection.receive(100) {
                    try await connection.sendAll([UInt8](repeating: chunk.array[0], count: 100_000))
                }
            }
            for round in 0..<100 {
                let client = try await served.client()
                if round % 4 > 0 { try await client.send("x") }
                if round % 4 > 1 { _ = try await client.socket.receive(1 + round * 500, deadline: .net) }
                if round % 8 == 7 { try client.finish() }
                try client.socket.reset()
            }
            await served.probe.wait { $0.count { [.failed, .ended].contains(ServerProbe.Kind($0)) } == 100 }
            let last = try await served.client()
            try await last.send("y")
            #expect(try await last.socket.receiveExactly(100_000, deadline: .net).array.allSatisfy { $0 == 0x79 })
            try await served.stop()
        }
    }
}

/// A call that waits on a connection until its peer does something.
enum ResetCall: String, CaseIterable, Codable, Sendable {
    case receive, receiveExactly, receiveMessage, sendAll, sendMessage

    var isSend: Bool { self == .sendAll || self == .sendMessage }

    /// A ring that has sent a part tells how much that was, and then no more than that the connection is gone.
    var ends: [SocketError.Code?] { isSend ? [.connectionReset, .brokenPipe] : [.connectionReset] }

    func block(_ socket: Socket) throws(SocketError) {
        switch self {
        case .receive: _ = try socket.receive(1)
        case .receiveExactly: _ = try socket.receiveExactly(10)
        case .receiveMessage: _ = try socket.receiveMessage(1, controlCapacity: 64)
        case .sendAll: try socket.sendAll([UInt8](repeating: 1, count: 1_000_000))
        case .sendMessage: _ = try socket.sendMessage(["x", "y"])
        }
    }

    func wait(_ socket: Socket) async throws(SocketError) {
        switch self {
        case .receive: _ = try await socket.receive(1)
        case .receiveExactly: _ = try await socket.receiveExactly(10)
        case .receiveMessage: _ = try await socket.receiveMessage(1, controlCapacity: 64)
        case .sendAll: try await socket.sendAll([UInt8](repeating: 1, count: 1_000_000))
        case .sendMessage: _ = try await socket.sendMessage(["x", "y"])
        }
    }
}
