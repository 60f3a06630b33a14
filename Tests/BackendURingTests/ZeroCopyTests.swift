#if URing
    import BackendURing
    import Locks
    import Sockets
    import TestSupport
    import Testing

    @Suite(.timeLimit(.minutes(10))) struct `Sends without a copy` {
        private static let bytes = (0..<3 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

        private func ringed(without: URingFeatures = []) throws -> Ringed {
            try Ringed {
                $0.zeroCopy = 1000
                $0.without = without
            }
        }

        /// All that comes until the end.
        private func collect(_ socket: Socket) async throws -> [UInt8] {
            var received: [UInt8] = []
            while let chunk = try await socket.receive(deadline: .net) { received += chunk }
            return received
        }

        @Test(arguments: [[], .zeroCopySend] as [URingFeatures])
        func `come whole, and in order with small ones`(without: URingFeatures) async throws {
            let ringed = try ringed(without: without)
            async let received = collect(ringed.server)
            try await ringed.network.run {
                try await ringed.client.sendAll(Self.bytes)
                try await ringed.client.sendAll("small")
                let writer = try ringed.client.bufferedWriter()
                try await writer.write(Self.bytes)
                try await writer.shutdown()
            }
            #expect(try await received == Self.bytes + Array("small".utf8) + Self.bytes)
        }

        /// With a deadline a send ends with what is taken at the first chance, of which the peer gets exactly so much.
        @Test func `may take a part`() async throws {
            let ringed = try ringed()
            let bytes = (0..<8).flatMap { _ in Self.bytes }
            async let received = collect(ringed.server)
            let count = try await ringed.network.run {
                let count = try await ringed.client.send(bytes, deadline: .net)
                try ringed.client.shutdown(.send)
                return count
            }
            #expect(count < bytes.count)
            #expect(try await received == Array(bytes.prefix(count)))
        }

        /// Whether it was submitted by then or not.
        @Test func `end as they were ended, though the socket's kind knows no such sends`() async throws {
            let ringed = try ringed()
            try await ringed.network.run {
                for round in 0..<40 {
                    let (a, b) = try ringed.network.socketPair()
                    let task = Task { try await a.sendAll(Self.bytes) }
                    if round.isMultiple(of: 4) { await Task.yield() }
                    if round.isMultiple(of: 2) { task.cancel() } else { try await a.close() }
                    let error = await #expect(throws: SocketError.self) { try await task.value }
                    #expect([.cancelled, .closed].contains(error?.code), "\(String(describing: error))")
                    keep(b)
                }
            }
        }

        @Test func `are made with one where the socket's kind knows no other`() async throws {
            let ringed = try ringed()
            let (a, b) = try ringed.network.socketPair()
            async let received = collect(b)
            try await ringed.network.run {
                try await a.sendAll(Self.bytes)
                try await a.close()
            }
            #expect(try await received == Self.bytes)
        }

        /// More than a peer acknowledges that does not receive, and less than the kernel queues.
        private static let some = Array(bytes.prefix(300_000))

        private func sendSome(_ ringed: Ringed) async throws {
            try await ringed.network.run { try await ringed.client.sendAll(Self.some) }
        }

        @Test(arguments: [[], .zeroCopySend] as [URingFeatures])
        func `are over, cancelled or not, when the kernel has let go of the memory`(without: URingFeatures) async throws
        {
            let ringed = try ringed(without: without)
            let isOver = Lock(false)
            let sending = Task {
                defer { isOver.withLock { $0 = true } }
                try await sendSome(ringed)
            }
            #expect(try await ringed.server.receive(1, flags: .peek, deadline: .net) == [0])
            sending.cancel()
            if without.isEmpty {
                try await ringed.network.sleep(for: .milliseconds(100))
                #expect(!isOver.withLock { $0 })
            } else {
                // What is copied is the kernel's at once.
                try await sending.value
            }
            let received = try await ringed.server.receiveExactly(Self.some.count, deadline: .net)
            try await sending.value
            #expect(received.array == Self.some)
        }

        @Test func `do not keep a socket from being closed whose peer receives nothing`() async throws {
            let ringed = try ringed()
            let sending = Task { try await sendSome(ringed) }
            #expect(try await ringed.server.receive(1, flags: .peek, deadline: .net) == [0])
            try await ringed.client.close()
            _ = await sending.result
            await #expect(throws: SocketError.self) { _ = try await collect(ringed.server) }
        }
    }
#endif
