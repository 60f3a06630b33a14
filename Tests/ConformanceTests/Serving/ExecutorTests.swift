import Locks
@_spi(Measuring) import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `A server with several executors` {
    private static let threads = 3

    @Test(arguments: [ServerOptions.Spreading.handOff, .sharedPort])
    func `serves on all of them, and a handler stays on one`(spreading: ServerOptions.Spreading) async throws {
        let network = try Network(.posix(threads: Self.threads))
        let executors = try network.executors
        let listener = try network.listen(at: .loopback4, reusePort: true)
        let visits = Lock<[Int: Int]>([:])
        let strays = Lock(0)
        var options = ServerOptions()
        options.spreading = spreading
        let served = try Served(network, listener, options) { connection in
            let first = executors.firstIndex(where: \.isCurrent) ?? -1
            visits.withLock { $0[first, default: 0] += 1 }
            while let chunk = try await connection.receive() {
                try await connection.sendAll(chunk)
                if executors.firstIndex(where: \.isCurrent) != first { strays.withLock { $0 += 1 } }
            }
        }
        let first = try await served.client()
        // Once the first is served, all listeners are there.
        try await exchange("first", with: first)
        let clients = [first] + (try await served.clients(59))
        for client in clients.dropFirst() { for _ in 0..<3 { try await exchange("here", with: client) } }
        try await served.stop()
        let found = visits.withLock { $0 }
        switch spreading {
        case .handOff: #expect(found == [0: 20, 1: 20, 2: 20])
        case .sharedPort: #expect(Set(found.keys) == [0, 1, 2], "the kernel spread 60 connections over \(found)")
        }
        #expect(strays.withLock { $0 } == 0)
    }

    @Test func `the executor with fewest connections gets the next`() async throws {
        let network = try Network(.posix(threads: Self.threads))
        let executors = try network.executors
        let visits = Lock<[Int]>([])
        let served = try Served(network, ServerOptions()) { connection in
            let place = executors.firstIndex(where: \.isCurrent) ?? -1
            visits.withLock { $0.append(place) }
            try await connection.sendAll("\(place)")
            try await echo(connection)
        }
        var clients: [(client: Client, place: String?)] = []
        for _ in 0..<6 {
            let client = try await served.client()
            clients.append((client, try await client.receive()))
        }
        let freed = clients.filter { $0.place == "1" }
        #expect(freed.count == 2)
        for (client, _) in freed { try client.finish() }
        await served.probe.wait(for: .ended, 2)
        for (client, _) in freed { #expect(try await client.receive() == nil) }
        for _ in 0..<2 {
            let client = try await served.client()
            clients.append((client, try await client.receive()))
        }
        #expect(clients.suffix(2).map(\.place) == ["1", "1"])
        try await served.stop()
    }

    @Test func `closing one of several listeners ends all`() async throws {
        let network = try Network(.posix(threads: Self.threads))
        let listener = try network.listen(at: .loopback4, reusePort: true)
        var options = ServerOptions()
        options.spreading = .sharedPort
        let served = try Served(network, listener, options) { try await echo($0) }
        try await exchange("here", with: try await served.client())
        try await listener.close()
        try await served.task.value
        #expect(served.probe.count(.stopping) == 1)
    }
}
