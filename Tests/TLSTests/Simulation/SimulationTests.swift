#if TLS
    import Locks
    import SocketsTLS
    import TestSupport
    import Testing

    /// TLS on a simulated network.
    @Suite struct `In a simulation` {
        /// What a run has put on the wire, to the byte, and what came of it.
        private struct Course: Equatable {
            let capture: [UInt8]
            let hash: UInt64

            /// A client asks a server over a link that loses packets.
            init(_ authority: TestAuthority, seed: UInt64, _ server: TLSContext, _ client: TLSContext) throws {
                var options = SimulationOptions()
                options.conditions = LinkConditions(latency: .fixed(.milliseconds(3)), loss: 0.05)
                let simulation = Simulation(seed: seed, options: options)
                simulation.startTracing()
                simulation.host("server").run("server", inBackground: true) { network in
                    try await network.listen("0.0.0.0:443").serve(tls: server) { try await echo($0) }
                }
                simulation.host("client").run("client") { network in
                    for _ in 0..<3 {
                        let connection = try await network.connect(to: "server", port: 443, tls: client)
                        try await connection.exchange(50_000)
                    }
                }
                try simulation.run(for: .seconds(600))
                capture = simulation.trace?.pcapng ?? []
                hash = simulation.hash
            }

            init(_ authority: TestAuthority, seed: UInt64) throws {
                try self.init(authority, seed: seed, authority.serverContext(), authority.clientContext())
            }

            /// For another process.
            var summary: String {
                "\(hash) \(capture.count) \(capture.reduce(into: UInt64(7)) { $0 = $0 &* 31 &+ UInt64($1) })"
            }
        }

        @Test(arguments: [0, 2048] as [Int32]) func `the same seed puts the same bytes on the wire`(rsaBits: Int32)
            throws
        {
            let authority = TestAuthority(rsaBits: rsaBits)
            let first = try Course(authority, seed: 42)
            #expect(first.capture.count > 100_000)
            #expect(try Course(authority, seed: 42) == first)
            #expect(try Course(authority, seed: 43) != first)
            // Nor does it matter what a context has been used for before.
            let (server, client) = (try authority.serverContext(), try authority.clientContext())
            for _ in 0..<3 { #expect(try Course(authority, seed: 42, server, client) == first) }
        }

        /// A client's first record does not wait for the acknowledgement of its handshake's end, which the server delays.
        @Test func `a first request takes one round trip`() throws {
            let authority = TestAuthority()
            let (server, client) = (try authority.serverContext(), try authority.clientContext())
            let simulation = Simulation(seed: 1)
            let took = Lock(Duration.zero)
            simulation.host("server").run("server", inBackground: true) { network in
                try await network.listen("0.0.0.0:443").serve(tls: server) { try await echo($0) }
            }
            simulation.host("client").run("client") { network in
                let connection = try await network.connect(to: "server", port: 443, tls: client)
                let start = network.now
                try await connection.sendAll([1])
                _ = try await connection.receive()
                let time = start.duration(to: network.now)
                took.withLock { $0 = time }
                try await connection.close()
            }
            try simulation.run(for: .seconds(60))
            #expect(took.withLock { $0 } < .milliseconds(5))
        }

        /// A relay between a stream with TLS and one without: what ends TLS for a server that speaks none.
        @Test func `a relay ends TLS`() throws {
            let authority = TestAuthority()
            let (server, client) = (try authority.serverContext(), try authority.clientContext())
            let simulation = Simulation(seed: 1)
            simulation.host("plain").run("plain", inBackground: true) { network in
                try await network.listen("0.0.0.0:80").serve { try await echo($0) }
            }
            simulation.host("server").run("front", inBackground: true) { network in
                try await network.listen("0.0.0.0:443").serve(tls: server) { connection in
                    let plain = try await network.connect(to: "plain", port: 80)
                    try await connection.relay(with: plain)
                }
            }
            simulation.host("client").run("client") { network in
                let connection = try await network.connect(to: "server", port: 443, tls: client)
                try await connection.exchange(100_000)
            }
            try simulation.run(for: .seconds(60))
        }

        @Test func `another process puts them there, too`() async throws {
            let authority = TestAuthority(rsaBits: 2048)
            let here = try Course(authority, seed: 7).summary
            let child = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                [authority = authority as TestAuthority] in
                print("course", try Course(authority, seed: 7).summary)
            }
            let output = String(decoding: try #require(child).standardOutputContent, as: UTF8.self)
            #expect(output.contains("course \(here)\n"), "\(output)")
        }

        @Test func `a certificate expires in virtual time`() throws {
            let authority = TestAuthority.shared
            let start = authority.clientConfiguration.simulatedStart
            let week = TestCertificate(.init(notBefore: start, notAfter: start + 7 * 86_400), by: authority.root)
            let simulation = Simulation(seed: 1)
            let (server, client) = (try TLSContext(.server(week.identity)), try authority.clientContext())
            let outcomes = Shared<[TLSError.Code?]>([])
            simulation.host("server").run("server", inBackground: true) { network in
                try await network.listen("0.0.0.0:443").serve(tls: server) { try await echo($0) }
            }
            simulation.host("client").run("client") { network in
                for _ in 0..<3 {
                    do throws(TLSError) {
                        let connection = try await network.connect(to: "server", port: 443, tls: client)
                        try await connection.close()
                        outcomes.change { $0.append(nil) }
                    } catch {
                        outcomes.change { $0.append(error.code) }
                    }
                    try await network.sleep(for: .seconds(4 * 86_400))
                }
            }
            try simulation.run()
            #expect(outcomes.value == [nil, nil, .certificateExpired])
        }

        @Test func `blocking programs and machines speak it too`() throws {
            let authority = TestAuthority.shared
            let simulation = Simulation(seed: 5)
            let (server, client) = (try authority.serverContext(), try authority.clientContext())
            simulation.host("server").run("server", inBackground: true) { network in
                try await network.listen("0.0.0.0:443").serve(tls: server, machine: EchoMachine())
            }
            let program: @Sendable (Network) throws -> Void = { network in
                let connection = try network.connect(
                    to: "server", port: 443, tls: client, deadline: .within(.seconds(60)))
                let sent = [UInt8](repeating: 9, count: 300_000)
                let writer = try network.spawn("writer") { try? connection.sendAll(sent) }
                if try connection.receiveExactly(sent.count).array != sent { throw Unexpected("other bytes came back") }
                try writer.join()
                try connection.shutdown()
                if try connection.receive() != nil { throw Unexpected("no end") }
                try connection.close()
            }
            simulation.host("client").run("client", program)
            try simulation.run()
        }

        @Test func `tickets are refused`() throws {
            let authority = TestAuthority.shared
            var configuration = authority.serverConfiguration
            configuration.resumption = .tickets
            let context = try TLSContext(configuration)
            let simulation = Simulation(seed: 1)
            let code = Shared<SocketError.Code?>(nil)
            simulation.host("server").run { network in
                do throws(SocketError) {
                    try await network.listen("0.0.0.0:443").serve(tls: context) { _ in }
                } catch {
                    code.change { $0 = error.code }
                }
            }
            try simulation.run()
            #expect(code.value == .unsupported)
        }
    }

    extension TLSSocket {
        /// Has so many bytes echoed, and says goodbye both ways.
        fileprivate func exchange(_ count: Int) async throws {
            let sent = [UInt8](repeating: 5, count: count)
            async let echoed = receiveExactly(count)
            try await sendAll(sent)
            if try await echoed.array != sent { throw Unexpected("other bytes came back") }
            try await shutdown()
            if try await receive() != nil { throw Unexpected("no end") }
            try await close()
        }
    }
#endif
