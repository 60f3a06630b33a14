#if Metrics
    import MetricsTestKit
    import Sockets
    import SocketsMetrics
    import TestSupport
    import Testing

    @Suite(.timeLimit(.minutes(10))) struct `Connections are counted` {
        @Test(arguments: Backends.all) func `by how they end, and while they are open`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                let measured = Measured()
                let options = ServerOptions().measured(by: measured.metrics)
                let served = try Served(measured.network(backend), options) { connection in
                    while let chunk = try await connection.receive() {
                        if chunk.description == "fail" { throw Mishap() }
                        try await connection.sendAll(chunk)
                    }
                }
                let clients = try await served.clients(4)
                for client in clients { try await exchange("here", with: client) }
                #expect(measured.open == 4)
                try clients[0].shutdown(.send)
                try await clients[1].sendAll("fail")
                await served.probe.wait(for: .ended)
                await served.probe.wait(for: .failed)
                #expect(measured.open == 2)
                try await served.stop()
                #expect(measured.open == 0)
                #expect(measured.counts("server_accepted_connections") == ["": 4])
                #expect(measured.counts("server_ended_connections") == ["ended": 1, "failed": 1, "cancelled": 2])
                #expect(measured.durations.count == 4 && measured.durations.allSatisfy { $0 > 0 })
                #expect(measured.sent == 36)
                #expect(measured.received == 36)
            }
        }

        @Test func `for as long as they are there, by their network's clock`() async throws {
            try await TestBackend.simulation.run { _ in
                let measured = Measured()
                let served = try Served(measured.network(.simulation), ServerOptions().measured(by: measured.metrics)) {
                    try await echo($0)
                }
                let client = try await served.client()
                try await exchange("here", with: client)
                try await client.network.sleep(for: .seconds(3600))
                try await client.close()
                await served.probe.wait(for: .ended)
                try await served.stop()
                let duration = try #require(measured.durations.first)
                #expect((3_600_000_000_000..<3_601_000_000_000).contains(duration))
            }
        }

        @Test(arguments: Backends.all) func `when they cannot be accepted`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let measured = Measured()
                let faults = FaultPlan([
                    .init(.accept, times: 2, Failure(errno: .connectionAbort)),
                    .init(.accept, Failure(errno: .tooManyOpenFiles)),
                ])
                let options = ServerOptions(maximumConnections: 1, exhaustionPause: .milliseconds(1))
                    .measured(by: measured.metrics)
                let served = try Served(measured.network(backend, faults), options) { try await echo($0) }
                let clients = try await served.clients(2)
                await served.probe.wait(for: .limited)
                try await served.stop()
                keep(clients)
                #expect(measured.counts("server_refused_accepts") == ["connectionAborted": 2, "tooManyDescriptors": 1])
                #expect(measured.counts("server_pauses") == ["exhausted": 1, "connectionLimit": 1])
                #expect(measured.errors == ["accept connectionAborted": 2, "accept tooManyDescriptors": 1])
            }
        }

        @Test func `with an object's dimensions`() async throws {
            let measured = Measured(dimensions: [("server", "echo")])
            let options = ServerOptions().measured(by: measured.metrics)
            options.onEvent?(.acceptFailed(SocketError(.connectionAborted, .accept)))
            let counter = try measured.factory.expectCounter(
                "sockets_server_refused_accepts", [("server", "echo"), ("code", "connectionAborted")])
            #expect(counter.totalValue == 1)
            #expect(try measured.factory.expectCounter("sockets_sent_bytes", [("server", "echo")]).totalValue == 0)
        }
    }
#endif
