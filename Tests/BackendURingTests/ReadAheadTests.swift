#if URing
    import BackendURing
    import Sockets
    import TestSupport
    import Testing

    /// A TCP connection whose second end is served on a ring.
    struct Ringed {
        let network: Network
        let client: Socket
        let server: Socket

        init(_ change: (inout URingOptions) -> Void = { _ in }) throws {
            var options = URingOptions()
            change(&options)
            network = try Network(.uring(options))
            (client, server) = try network.tcpPair()
        }

        /// Has the ring receive ahead: a receive has waited.
        func begin() async throws {
            async let first = server.receive(deadline: .net)
            try await network.sleep(for: .milliseconds(1))
            try await client.sendAll("!")
            #expect(try await first == "!")
        }
    }

    @Suite(.timeLimit(.minutes(10))) struct `What a ring receives ahead` {
        /// Waits until the ring has received so many bytes: those in the kernel's queue have become none.
        private func awaitDrained(_ socket: Socket) async throws {
            for _ in 0..<10_000 {
                let ready = try await socket.network.poll([PollRequest(socket, .readable)], deadline: .immediate)
                if ready.contains(where: { !$0.isEmpty }) { return }
                try await socket.network.sleep(for: .microseconds(100))
            }
        }

        @Test func `counts as readable, is peeked at, and comes in the order it came`() async throws {
            let ringed = try Ringed()
            try await ringed.begin()
            for part in ["abc", "def", "ghi"] { try await ringed.client.sendAll(part) }
            try await awaitDrained(ringed.server)
            var text = ""
            while text.count < 9 {
                let peeked = try await ringed.server.receive(4, flags: .peek, deadline: .net)
                let received = try await ringed.server.receive(2, deadline: .net)
                #expect(peeked?.description.hasPrefix(received?.description ?? "nothing") == true)
                text += received?.description ?? ""
            }
            #expect(text == "abcdefghi")
        }

        /// However much is sent while nobody receives, the ring takes no more than its bound and what was under way.
        @Test func `is bounded, and then the sender has to wait`() async throws {
            let ringed = try Ringed { $0.readAhead = 64 << 10 }
            try ringed.server.set(.socket.receiveBufferSize, 64 << 10)
            try await ringed.begin()
            let block = [UInt8](repeating: 1, count: 64 << 10)
            var sent = 0
            do throws(SocketError) {
                while sent < 256 << 20 {
                    sent += try await ringed.client.send(block, deadline: .within(.milliseconds(200)))
                }
            } catch {
                #expect(error.code == .timedOut)
            }
            #expect(sent < 64 << 20, "\(sent) bytes were taken")
            var received = 0
            while received < sent { received += try await ringed.server.receive(deadline: .net)?.count ?? sent }
            #expect(received == sent)
        }

        @Test func `is refused to a duplicate, and is not lost`() async throws {
            let ringed = try Ringed()
            try await ringed.begin()
            try await ringed.client.sendAll("abc")
            try await awaitDrained(ringed.server)
            // Whether the ring has it already, or the kernel still: nothing is lost.
            let twin = try? ringed.server.duplicate()
            if twin == nil { #expect(try await ringed.server.receive(3, deadline: .net) == "abc") }
            let other = try twin ?? ringed.server.duplicate()
            if twin != nil { #expect(try await other.receive(3, deadline: .net) == "abc") }
            try await ringed.client.sendAll("def")
            #expect(try await other.receive(3, deadline: .net) == "def")
            try await ringed.client.sendAll("ghi")
            #expect(try await ringed.server.receive(3, deadline: .net) == "ghi")
        }

        /// A detached descriptor has every byte that had not been received before.
        @Test(arguments: 0..<50 as Range<UInt64>) func `is lost to nobody who takes the descriptor`(seed: UInt64)
            async throws
        {
            var random = SeededGenerator(seed: seed)
            let ringed = try Ringed()
            try await ringed.begin()
            let bytes = (0..<Int.random(in: 1...100_000, using: &random)).map { UInt8(truncatingIfNeeded: $0) }
            let client = ringed.client
            let sender = Task { try await client.sendAll(bytes) }
            var received: [UInt8] = []
            for _ in 0..<Int.random(in: 0...3, using: &random) where received.count < bytes.count {
                received += try await ringed.server.receive(1000, deadline: .net)?.array ?? []
            }
            var number: Int32?
            while number == nil {
                do throws(SocketError) {
                    number = try await ringed.server.detach()
                } catch {
                    try #require(error.code == .unreadBytes, "seed \(seed)")
                    received += try await ringed.server.receive(deadline: .net)?.array ?? []
                }
            }
            let heir = try Network(.posix).adopt(descriptor: try #require(number))
            while received.count < bytes.count {
                received += try await heir.receive(deadline: .net)?.array ?? []
            }
            try await sender.value
            #expect(received == bytes, "seed \(seed)")
        }

        @Test func `a thread that blocks gets it, too`() async throws {
            let ringed = try Ringed()
            try await ringed.begin()
            try await ringed.client.sendAll("abc")
            let server = ringed.server
            let blocked = try Aside(ringed.network) { () throws(SocketError) in try server.receiveExactly(6) }
            try await ringed.client.sendAll("def")
            #expect(try await blocked.outcome().get() == "abcdef")
        }
    }
#endif
