#if Metrics
    import Sockets
    import TestSupport
    import Testing

    /// Every transfer is between two sockets of one measured network: what was sent has been received, and each was counted once.
    @Suite(.timeLimit(.minutes(10))) struct `Bytes are counted` {
        private let measured = Measured()

        @Test(arguments: Backends.all) func `of a stream`(backend: TestBackend) throws {
            let (client, server) = try measured.network(backend).tcpPair()
            try client.sendAll([UInt8](repeating: 1, count: 1000))
            #expect(try server.receiveExactly(600).count == 600)
            var memory = [UInt8](repeating: 0, count: 4096)
            #expect(try server.receive(into: &memory) == 400)
            #expect(measured.sent == 1000)
            #expect(measured.received == 1000)
        }

        @Test(arguments: Backends.all) func `of a stream, awaited, at once and after waiting`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                // More than the kernel's buffers hold.
                let bytes = [UInt8](repeating: 1, count: 32 << 20)
                let network = try measured.network(backend)
                let received = try await network.onExecutor {
                    let (client, server) = try await network.tcpPair()
                    async let sending: Void = client.sendAll(bytes, deadline: .net)
                    await settle()
                    var count = 0
                    while count < bytes.count, let chunk = try await server.receive(deadline: .net) {
                        count += chunk.count
                    }
                    try await sending
                    return count
                }
                #expect(received == bytes.count)
                #expect(measured.sent == Int64(bytes.count))
                #expect(measured.received == Int64(bytes.count))
            }
        }

        @Test(arguments: Backends.all) func `of a stream that waits for memory to be full`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                let network = try measured.network(backend)
                let (client, server) = try await network.tcpPair()
                async let text = server.receiveExactly(11, deadline: .net)
                try await client.sendAll("hello ")
                await settle()
                try await client.sendAll("world")
                #expect(try await text.description == "hello world")
                #expect(measured.received == 11)
            }
        }

        @Test(arguments: Backends.all) func `of messages`(backend: TestBackend) throws {
            let network = try measured.network(backend)
            let (left, right) = try network.udpPair()
            try left.send("12345", to: right.localAddress())
            try left.sendMessage(["123", "4567"], to: right.localAddress())
            #expect(try right.receiveFrom(100, deadline: .net)?.bytes.count == 5)
            var pieces = [[UInt8](repeating: 0, count: 4), [UInt8](repeating: 0, count: 40)]
            #expect(try right.receiveMessage(into: &pieces, deadline: .net)?.count == 7)
            #expect(measured.sent == 12)
            #expect(measured.received == 12)
        }

        @Test(arguments: Backends.all) func `of messages, awaited`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let network = try measured.network(backend)
                let (left, right) = try udpPair(network)
                let address = try right.localAddress()
                async let first = right.receiveMessage(100, deadline: .net)
                await settle()
                try await left.send("12345", to: address)
                #expect(try await first?.bytes.count == 5)
                try await left.sendMessage(["123", "4567"], to: address)
                #expect(try await right.receiveMessage(100, deadline: .net)?.bytes.count == 7)
                #expect(measured.sent == 12)
                #expect(measured.received == 12)
            }
        }

        @Test(arguments: Backends.all) func `of batches`(backend: TestBackend) throws {
            let network = try measured.network(backend)
            let (left, right) = try network.udpPair()
            try left.connect(to: right.localAddress())
            let texts: [Chunk] = ["1", "22", "333", "4444"]
            #expect(try left.sendBatch(texts.map { OutgoingMessage($0) }) == 4)
            #expect(measured.sent == 10)
            var count = 0
            while count < 4 { count += try right.receiveBatch(8, of: 100, deadline: .net).count }
            #expect(measured.received == 10)
        }

        @Test(arguments: Backends.all) func `of batches, awaited`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let network = try measured.network(backend)
                let (left, right) = try udpPair(network)
                try await left.connect(to: right.localAddress())
                async let first = right.receiveBatch(1, of: 100, deadline: .net)
                await settle()
                let texts: [Chunk] = ["1", "22", "333", "4444"]
                #expect(try await left.sendBatch(texts.map { OutgoingMessage($0) }) == 4)
                #expect(measured.sent == 10)
                var count = try await first.count
                while count < 4 { count += try await right.receiveBatch(8, of: 100, deadline: .net).count }
                #expect(measured.received == 10)
            }
        }

        @Test(arguments: Backends.all) func `of a batch as far as it was taken`(backend: TestBackend) throws {
            let network = try measured.network(backend)
            let (left, right) = try network.udpPair()
            try left.connect(to: right.localAddress())
            let messages: [Chunk] = ["12", "345", Chunk([UInt8](repeating: 0, count: 70_000)), "6"]
            #expect(try left.sendBatch(messages.map { OutgoingMessage($0) }) == 2)
            #expect(measured.sent == 5)
        }

        @Test(arguments: Backends.all) func `of files`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let folder = TemporaryDirectory()
                let file = folder.file([UInt8](repeating: 1, count: 5000))
                defer { TestSupport.Process.close(file) }
                let network = try measured.network(backend)
                let (client, server) = try await network.tcpPair()
                #expect(try await client.sendFile(file, offset: 1000, deadline: .net) == 4000)
                #expect(try await server.receiveExactly(4000, deadline: .net).count == 4000)
                #expect(measured.sent == 4000)
                #expect(measured.received == 4000)
            }
        }

        @Test(arguments: Backends.all) func `as far as there is memory for them`(backend: TestBackend) throws {
            let network = try measured.network(backend)
            let (left, right) = try network.udpPair()
            for _ in 0..<2 { try left.send("0123456789", to: right.localAddress()) }
            #expect(try right.receive(4, deadline: .net)?.count == 4)
            // The system tells the message's length.
            #expect(try right.receiveMessage(4, flags: .truncated, deadline: .net)?.fullLength == 10)
            #expect(measured.sent == 20)
            #expect(measured.received == 8)
        }

        @Test(arguments: Backends.all) func `once, however often they are peeked at`(backend: TestBackend) throws {
            let (client, server) = try measured.network(backend).tcpPair()
            try client.sendAll("hello")
            for _ in 0..<3 { #expect(try server.receive(100, flags: .peek)?.description == "hello") }
            #expect(try server.receiveMessage(100, flags: .peek)?.bytes.count == 5)
            #expect(measured.received == 0)
            #expect(try server.receive(100)?.description == "hello")
            #expect(measured.received == 5)
        }

        private func udpPair(_ network: Network) throws -> (Socket, Socket) { try network.udpPair() }
    }
#endif
