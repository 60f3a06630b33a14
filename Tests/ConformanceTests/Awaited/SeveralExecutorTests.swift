import Sockets
import TestSupport
import Testing

/// Sockets belong to one executor and are used from others, and from none.
@Suite struct `Several executors` {
    @Test(arguments: Backends.kernel(.severalExecutors)) func `connections are accepted here and closed there`(
        backend: TestBackend
    )
        async throws
    {
        let network = try backend.network(threads: 3)
        let executors = try network.executors
        try await network.withDeadline(.net) {
            let listener = try network.listen(at: .loopback4)
            let address = try listener.localAddress()
            let served = Shared(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask(executorPreference: executors[0]) {
                    for _ in 0..<300 {
                        let connection = try await listener.accept().connection
                        // Its first awaited call is made on another executor, which owns it from then on.
                        Task(executorPreference: executors[1]) {
                            while let chunk = try? await connection.receive() { try? await connection.sendAll(chunk) }
                            served.change { $0 += 1 }
                        }
                    }
                }
                for client in 0..<3 {
                    group.addTask(executorPreference: client == 2 ? nil : executors[client + 1]) {
                        for round in 0..<100 {
                            let socket = try await network.connect(to: address)
                            if round % 3 != 0 {
                                try await socket.sendAll("ping")
                                #expect(try await socket.receiveExactly(4) == "ping")
                            }
                            if round % 2 == 0 { try await socket.close() }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await until(network) { served.value == 300 }
            #expect(served.value == 300)
        }
    }

    @Test(arguments: Backends.kernel(.severalExecutors)) func `a pair talks across executors, whoever owns its ends`(
        backend: TestBackend
    )
        async throws
    {
        let network = try backend.network(threads: 2)
        let places: [(any NetworkExecutor)?] = try network.executors.map { $0 } + [nil]
        try await network.withDeadline(.net) {
            for first in places {
                for second in places {
                    for (a, b) in [try await network.tcpPair(), try network.socketPair()] {
                        let echo = Task(executorPreference: first) {
                            while let chunk = try await b.receive() { try await b.sendAll(chunk) }
                            try b.shutdown(.send)
                        }
                        try await Task(executorPreference: second) {
                            for round in 0..<200 {
                                try await a.sendAll("\(round)")
                                #expect(try await a.receiveExactly("\(round)".utf8.count).description == "\(round)")
                            }
                            try a.shutdown(.send)
                            #expect(try await a.receive() == nil)
                        }.value
                        try await echo.value
                    }
                }
            }
        }
    }
}

/// Sleeps, a minute at most, until the condition holds.
private func until(_ network: Network, _ condition: () -> Bool) async throws {
    for _ in 0..<60_000 where !condition() { try await network.sleep(for: .milliseconds(1)) }
}
