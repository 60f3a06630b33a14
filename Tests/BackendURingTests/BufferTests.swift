#if URing
    import BackendURing
    import Locks
    import Sockets
    import TestSupport
    import Testing

    @Suite(.timeLimit(.minutes(10))) struct `A ring's buffers` {
        /// Few and small, so that they run out at once.
        private func small(_ options: inout URingOptions) {
            options.buffers = 2
            options.bufferSize = 4096
        }

        @Test(arguments: [[], .incrementalBuffers] as [URingFeatures])
        func `chunks that are kept starve nobody`(without: URingFeatures) async throws {
            let ringed = try Ringed {
                small(&$0)
                $0.without = without
            }
            let (other, otherServer) = try await ringed.network.tcpPair()
            var kept: [Chunk] = []
            for number in 0..<500 {
                try await ringed.client.sendAll([UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 700))
                var count = 0
                while count < 700 {
                    let chunk = try #require(try await ringed.server.receive(deadline: .net))
                    count += chunk.count
                    kept.append(chunk)
                }
                try await other.sendAll("ping")
                #expect(try await otherServer.receiveExactly(4, deadline: .net) == "ping")
            }
            #expect(kept.reduce(0) { $0 + $1.count } == 350_000)
            let bytes = kept.flatMap(\.array)
            #expect((0..<500).allSatisfy { bytes[$0 * 700] == UInt8(truncatingIfNeeded: $0) })
        }

        /// Each receive is there before its bytes are: they come straight from the buffer that is being filled.
        @Test(arguments: [[], .incrementalBuffers] as [URingFeatures])
        func `nor do those of receives that have waited`(without: URingFeatures) async throws {
            let ringed = try Ringed {
                small(&$0)
                $0.without = without
            }
            try await ringed.network.run {
                var kept: [Chunk] = []
                while kept.count < 100 {
                    async let chunk = ringed.server.receive(1000, deadline: .net)
                    await Task.yield()
                    try await ringed.client.sendAll([UInt8](repeating: 1, count: 1000))
                    kept.append(try #require(try await chunk))
                }
                #expect(kept.allSatisfy { !$0.isEmpty })
            }
        }

        /// More arrives at once than there are buffers: requests end for want of them, and go on when some are back.
        @Test(arguments: [[], .incrementalBuffers] as [URingFeatures])
        func `when none is left, all sockets go on nevertheless`(without: URingFeatures) async throws {
            let ringed = try Ringed {
                small(&$0)
                $0.without = without
            }
            let pairs = try (0..<20).map { _ in try ringed.network.tcpPair() }
            let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (client, server) in pairs {
                    group.addTask { try await client.sendAll(bytes) }
                    group.addTask {
                        var received: [UInt8] = []
                        while received.count < bytes.count {
                            received += try await server.receive(deadline: .net)?.array ?? []
                        }
                        #expect(received == bytes)
                    }
                }
                try await group.waitForAll()
            }
        }

        /// A stream in bulk fills whole buffers, of which each receive takes a part; for want of buffers its request ends many times.
        @Test(arguments: [[], .incrementalBuffers] as [URingFeatures], [4096, 256 << 10])
        func `a stream in bulk comes in order, and needs few buffers`(without: URingFeatures, size: Int) async throws {
            let ringed = try Ringed {
                $0.bufferSize = size
                $0.without = without
            }
            let bytes = (0..<4 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            async let sent: Void = ringed.client.sendAll(bytes)
            var received: [UInt8] = []
            while received.count < bytes.count {
                let chunk = try #require(try await ringed.server.receive(10_000, deadline: .net))
                #expect(chunk.count <= 10_000)
                received += chunk
            }
            try await sent
            #expect(received == bytes)
        }

        /// Many more complete at once than the queue has room for: the kernel keeps the rest, and nothing is lost.
        @Test func `completions that find no room are not lost`() async throws {
            let ringed = try Ringed {
                $0.entries = 4
                $0.completions = 8
            }
            let pairs = try (0..<200).map { _ in try ringed.network.tcpPair() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (_, server) in pairs { group.addTask { try await echo(server) } }
                for round in 0..<20 {
                    for (client, _) in pairs { try await client.sendAll("round \(round)\n") }
                    for (client, _) in pairs {
                        let answer = try await client.receiveExactly("round \(round)\n".utf8.count, deadline: .net)
                        #expect(answer.description == "round \(round)\n")
                    }
                }
                for (client, _) in pairs { try await client.close() }
                try await group.waitForAll()
            }
        }

        @Test func `a chunk outlives its network, and may die on any thread`() async throws {
            let kept = Lock<[Chunk]>([])
            do {
                let ringed = try Ringed()
                for number in 0..<10 {
                    try await ringed.client.sendAll("number \(number)")
                    let chunk = try #require(try await ringed.server.receive(deadline: .net))
                    kept.withLock { $0.append(chunk) }
                }
                try ringed.network.closeNow()
            }
            #expect(kept.withLock { $0.first } == "number 0")
            let elsewhere = try Network(.posix)
            let thread = try elsewhere.spawn { kept.withLock { $0.removeAll() } }
            try await thread.join()
            #expect(kept.withLock { $0.isEmpty })
        }
    }

    extension Network {
        // Not in an async function, where the awaited form would be chosen.
        fileprivate func closeNow() throws { try close() }
    }
#endif
