#if TLS
    import SocketsTLS
    import TestAuthority
    import TestSupport
    import Testing

    /// Connections with TLS, over every backend.
    @Suite struct `A socket with TLS` {
        private let authority = TestAuthority.shared

        /// Both ends, hands shaken.
        private func pair(_ network: Network) async throws -> (client: TLSSocket, server: TLSSocket) {
            let (client, server) = try await network.tcpPair()
            let ends = (
                try TLSSocket(client: authority.clientContext(), over: client, name: "localhost"),
                try TLSSocket(server: authority.serverContext(), over: server)
            )
            async let shaken = ends.1.handshake(deadline: .net)
            try await ends.0.handshake(deadline: .net)
            _ = try await shaken
            return ends
        }

        @Test(arguments: Backends.kernel(.foreignThreads)) func `carries bytes both ways at the same time`(
            backend: TestBackend
        )
            async throws
        {
            let network = try backend.network()
            let context = try authority.clientContext()
            for served in [
                try ServedTLS(network, authority.serverContext()), try .machines(network, authority.serverContext()),
            ] {
                try await network.onExecutor {
                    let connection = try await network.connect(to: "127.0.0.1", port: served.port, tls: context)
                    var random = SeededGenerator(seed: 3)
                    let sent = random.bytes(300_000)
                    async let echoed = connection.receiveExactly(sent.count, deadline: .net)
                    try await connection.sendAll(sent, deadline: .net)
                    #expect(try await echoed == Chunk(sent))
                    try await connection.shutdown()
                    #expect(try await connection.receive(deadline: .net) == nil)
                    try await connection.close()
                }
                try await stop(served)
            }
        }

        @Test(arguments: Backends.all) func `a machine that is served can be told something`(backend: TestBackend)
            async throws
        {
            let context = try authority.serverContext()
            try await backend.run { network in
                let listener = try network.listen(at: .loopback4)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await listener.serve(
                            tls: context,
                            machineFor: { peer, handle -> FramedMachine<TextFraming<LineFraming>, Void> in
                                handle.tell { try? $0.send("you are \(peer)") }
                                return FramedMachine(LineFraming().text) { line in
                                    handle.tell { try? $0.send("I heard \(line)") }
                                    return []
                                }
                            })
                    }
                    let socket = try await network.connect(to: listener.localAddress(), deadline: .net)
                    let own = try socket.localAddress()
                    let connection = try TLSSocket(client: authority.clientContext(), over: socket, name: "localhost")
                    let lines = connection.framed(by: LineFraming().text)
                    #expect(try await lines.next(deadline: .net) == "you are \(own)")
                    try await lines.send("a word")
                    #expect(try await lines.next(deadline: .net) == "I heard a word")
                    try await connection.close()
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }

        @Test(arguments: Backends.all) func `a handler may take the peer's address`(backend: TestBackend) async throws {
            let context = try authority.serverContext()
            try await backend.run { network in
                let listener = try network.listen(at: .loopback4)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await listener.serve(tls: context) { connection, peer in
                            try await connection.sendAll("you are \(peer)")
                        }
                    }
                    let socket = try await network.connect(to: listener.localAddress(), deadline: .net)
                    let own = try socket.localAddress()
                    let connection = try TLSSocket(client: authority.clientContext(), over: socket, name: "localhost")
                    #expect(try await connection.receive(deadline: .net) == Chunk("you are \(own)"))
                    try await connection.close()
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }

        private func stop(_ served: ServedTLS) async throws {
            try await served.listener.close()
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads)) func `does the same blocking`(backend: TestBackend)
            throws
        {
            let network = try backend.network()
            let served = try ServedTLS(network, authority.serverContext())
            let connection = try network.connect(
                to: "127.0.0.1", port: served.port, tls: authority.clientContext(), name: "server", deadline: .net)
            #expect(connection.handshakeResult?.peerCertificates.first?.subject == "CN=localhost")
            let sent = [UInt8](repeating: 7, count: 300_000)
            let writer = try network.spawn("writer") { try? connection.sendAll(sent, deadline: .net) }
            #expect(try connection.receiveExactly(sent.count, deadline: .net).array == sent)
            try writer.join()
            try connection.sendAll("abc")
            #expect(try connection.receive(2, deadline: .net) == "ab")
            #expect(try connection.receive(2, deadline: .net) == "c")
            try connection.shutdown()
            #expect(try connection.receive(deadline: .net) == nil)
            #expect(tlsError { () throws(TLSError) in try connection.sendAll("more") }?.code == .closed)
            try connection.close()
            try served.stop()
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads)) func `several readers and writers take turns`(
            backend: TestBackend
        )
            async throws
        {
            let network = try backend.network(threads: 2)
            try await network.onExecutor {
                let (client, server) = try await pair(network)
                // Each writer's bytes stay together, a record or more at a time.
                let blocks = (0..<8).map { [UInt8](repeating: UInt8($0), count: 100_000) }
                try await withThrowingTaskGroup(of: [UInt8].self) { group in
                    for block in blocks {
                        group.addTask {
                            try await client.sendAll(block, deadline: .net)
                            return []
                        }
                        group.addTask { try await server.receiveExactly(100_000, deadline: .net).array }
                    }
                    let read = try await group.reduce(into: [[UInt8]]()) { if !$1.isEmpty { $0.append($1) } }
                    #expect(read.sorted { $0[0] < $1[0] } == blocks)
                }
            }
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads)) func `loses nothing when a receive is given up`(
            backend: TestBackend
        )
            async throws
        {
            let network = try backend.network()
            try await network.onExecutor {
                let (client, server) = try await pair(network)
                await #expect(throws: TLSError.self) { try await client.receive(deadline: .within(.milliseconds(1))) }
                let late = await #expect(throws: SocketError.self) {
                    try await network.withDeadline(.within(.milliseconds(1))) { _ = try await client.receive() }
                }
                #expect(late?.code == .timedOut, "a deadline for several calls is known through TLS")
                let reader = Task { try await client.receiveExactly(10) }
                try await server.sendAll("12345", deadline: .net)
                await settle()
                reader.cancel()
                let outcome = await reader.result
                #expect(throws: TLSError.self) { try outcome.get() }
                try await server.sendAll("67890", deadline: .net)
                #expect(try await client.receiveExactly(10, deadline: .net) == "1234567890")
            }
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads))
        func `goes on sending after a send that was given up`(
            backend: TestBackend
        ) async throws {
            let network = try backend.network()
            try await network.onExecutor {
                let (client, server) = try await pair(network)
                let block = [UInt8](repeating: 7, count: 1 << 26)
                do throws(TLSError) {
                    try await client.sendAll(block, deadline: .within(.milliseconds(100)))
                    Issue.record("the system has taken 64 MiB that nobody reads")
                } catch {
                    #expect(error.socketError?.code == .timedOut)
                }
                let writer = Task {
                    try await client.sendAll("the end", deadline: .net)
                    try await client.shutdown(deadline: .net)
                }
                var received: [UInt8] = []
                while let chunk = try await server.receive(deadline: .net) { received += chunk }
                try await writer.value
                #expect(received.count > 7 && received.count < block.count)
                #expect(received.dropLast(7).allSatisfy { $0 == 7 })
                #expect(received.suffix(7).elementsEqual("the end".utf8))
            }
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads)) func `tells a cut connection from an ended one`(
            backend: TestBackend
        )
            async throws
        {
            let network = try backend.network()
            try await network.onExecutor {
                let (client, server) = try await pair(network)
                try await server.sendAll("half of", deadline: .net)
                try await server.socket.close()
                #expect(try await client.receive(deadline: .net) == "half of")
                for _ in 0..<2 {
                    do throws(TLSError) {
                        _ = try await client.receive(deadline: .net)
                        Issue.record("a cut connection looks like an ended one")
                    } catch {
                        #expect(error.code == .truncated)
                    }
                }
            }
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads))
        func `closing wakes who waits in it, and tells the peer`(
            backend: TestBackend
        ) async throws {
            let network = try backend.network()
            try await network.onExecutor {
                let (client, server) = try await pair(network)
                let reader = Task { try await client.receive(deadline: .net) }
                await settle()
                try await client.close()
                try await client.close()
                let outcome = await reader.result
                do {
                    _ = try outcome.get()
                    Issue.record("the reader was not woken")
                } catch {
                    #expect((error as? TLSError)?.socketError?.code == .closed)
                }
                #expect(try await server.receive(deadline: .net) == nil)
            }
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads)) func `a server sends away who does not shake hands`(
            backend: TestBackend
        )
            throws
        {
            let network = try backend.network()
            var configuration = authority.serverConfiguration
            configuration.handshakeLimit = .milliseconds(20)
            for served in [
                try ServedTLS(network, TLSContext(configuration)), try .machines(network, TLSContext(configuration)),
            ] {
                let silent = try network.connect(to: "127.0.0.1", port: served.port, deadline: .net)
                #expect(try silent.receive(deadline: .net) == nil)
                let error = try #require(try served.failures(1).first)
                #expect(error.code == .handshakeTimedOut)
                try served.stop()
            }
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads))
        func `a server reports who does not speak TLS, and goes on`(
            backend: TestBackend
        ) throws {
            let network = try backend.network()
            for served in [
                try ServedTLS(network, authority.serverContext()), try .machines(network, authority.serverContext()),
            ] {
                let plain = try network.connect(to: "127.0.0.1", port: served.port, deadline: .net)
                try plain.sendAll("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(try served.failures(1).first?.code == .notTLS)
                let good = try network.connect(
                    to: "127.0.0.1", port: served.port, tls: authority.clientContext(), deadline: .net)
                try good.sendAll("hello")
                #expect(try good.receive(deadline: .net) == "hello")
                try good.close()
                try served.stop()
            }
        }

        /// Why it has ended outweighs that the peer could not be told.
        @Test(arguments: Backends.distinctKernel(.foreignThreads))
        func `says what was wrong though the peer has gone`(backend: TestBackend) async throws {
            let network = try backend.network()
            try await network.onExecutor {
                let (client, server) = try await pair(network)
                try await server.socket.sendAll([0x17, 3, 3, 0, 32] + [UInt8](repeating: 9, count: 32))
                try server.socket.reset()
                for _ in 0..<3 {
                    do throws(TLSError) {
                        _ = try await client.receive(deadline: .net)
                        Issue.record("what is no record was taken")
                    } catch {
                        #expect(error.code == .protocolViolation, "\(error)")
                    }
                }
            }
        }

        @Test(arguments: Backends.distinctKernel(.descriptorsOfTheProcess))
        func `answers that the peer never reads have a bound`(backend: TestBackend) throws {
            let network = try backend.network()
            let (client, server) = try network.tcpPair()
            try client.set(.socket.sendBufferSize, 32 << 10)
            try server.set(.socket.receiveBufferSize, 32 << 10)
            let context = try authority.serverContext()
            let served = try network.spawn("served") { try? network.run { try await answer(server, context) } }
            let count = try authority_flood(Int32(client.descriptor()), 100_000)
            #expect((1...50_000).contains(count), "so many were taken")
            try client.close()
            try served.join()
        }

        /// Reads, while it writes more than anybody takes.
        @Sendable private func answer(_ socket: Socket, _ context: TLSContext) async throws {
            let connection = try TLSSocket(server: context, over: socket)
            try await connection.handshake(deadline: .net)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { while let _ = try? await connection.receive(deadline: .net) {} }
                group.addTask {
                    let block = [UInt8](repeating: 7, count: 1 << 16)
                    while (try? await connection.sendAll(block, deadline: .net)) != nil {}
                }
            }
        }

        @Test func `datagrams are refused`() throws {
            let socket = try TestBackend.posix.network().udp()
            let context = try authority.clientContext()
            let error = tlsError { () throws(TLSError) in try TLSSocket(client: context, over: socket, name: nil) }
            #expect(error?.code == .invalidArgument)
        }

        @Test func `a client's context cannot serve`() async throws {
            let network = try TestBackend.posix.network()
            let listener = try await network.listen("127.0.0.1:0")
            let context = try authority.clientContext()
            await #expect(throws: SocketError.self) { try await listener.serve(tls: context) { _ in } }
        }
    }
#endif
