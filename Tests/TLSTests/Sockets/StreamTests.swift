#if TLS
    import Layers
    import SocketsTLS
    import TestSupport
    import Testing

    /// What is written over a stream runs in the clear and encrypted.
    @Suite struct `A program over a stream` {
        private let authority = TestAuthority.shared

        /// Answers each line with its length, to the end.
        private static func answer(_ stream: some ByteStream) async throws {
            let lines = stream.framed(by: LineFraming(.crLF).text)
            for try await line in lines { try await lines.send("\(line.count)") }
        }

        private static func ask(_ stream: some ByteStream) async throws {
            let lines = stream.framed(by: LineFraming(.crLF).text)
            try await lines.send(contentsOf: ["one", "", "three"])
            for expected in ["3", "0", "5"] {
                let answer = try await lines.next(deadline: .net)
                #expect(answer == expected)
            }
        }

        @Test(arguments: Backends.kernel(.foreignThreads)) func `speaks in messages`(backend: TestBackend) async throws
        {
            let network = try backend.network()
            let encrypted = try ServedTLS(network, authority.serverContext()) { try await Self.answer($0) }
            let clear = try network.listen(at: .loopback4)
            try await network.onExecutor {
                let connection = try await network.connect(
                    to: "127.0.0.1", port: encrypted.port, tls: authority.clientContext())
                try await Self.ask(connection)
                try await connection.close()

                async let served: Void = clear.serve { try await Self.answer($0) }
                let plain = try await network.connect(to: clear.localAddress())
                try await Self.ask(plain.bufferedWriter())
                try await plain.close()
                try await clear.close()
                try? await served
            }
            try encrypted.stop()
        }

        @Test(arguments: Backends.kernel(.foreignThreads)) func `receives lines and chunks`(backend: TestBackend)
            async throws
        {
            let network = try backend.network()
            let served = try ServedTLS(network, authority.serverContext()) { connection in
                for try await line in connection.lines(limit: 8) { try await connection.sendAll(line.array + [0x2E]) }
            }
            try await network.onExecutor {
                let connection = try await network.connect(
                    to: "127.0.0.1", port: served.port, tls: authority.clientContext())
                try await connection.sendAll("ab\r\nc\nrest", deadline: .net)
                try await connection.shutdown()
                var bytes: [UInt8] = []
                for try await chunk in connection.chunks(maximum: 3) { bytes += chunk }
                #expect(String(decoding: bytes, as: UTF8.self) == "ab.c.rest.")
                try await connection.close()
                let talker = try await network.connect(
                    to: "127.0.0.1", port: served.port, tls: authority.clientContext())
                try await talker.sendAll("more than eight bytes", deadline: .net)
                _ = try? await talker.receive(deadline: .net)
                try await talker.close()
            }
            #expect(try served.failures(1).first?.socketError?.code == .messageTooLong)
            try served.stop()
        }

        @Test(arguments: Backends.distinctKernel(.foreignThreads)) func `does so blocking`(backend: TestBackend) throws
        {
            let network = try backend.network()
            let served = try ServedTLS(network, authority.serverContext()) { try await Self.answer($0) }
            let connection = try network.connect(
                to: "127.0.0.1", port: served.port, tls: authority.clientContext(), deadline: .net)
            let lines = connection.framed(by: LineFraming(.crLF).text)
            try lines.send("four")
            let answer = try lines.next(deadline: .net)
            #expect(answer == "4")
            let late = #expect(throws: FramedError<TLSError>.self) {
                _ = try lines.next(deadline: .within(.milliseconds(1)))
            }
            #expect(late?.streamFailure?.socketError?.code == .timedOut)
            try connection.close()
            try served.stop()
        }
    }

    extension FramedError {
        fileprivate var streamFailure: StreamFailure? {
            if case .stream(let error) = self { error } else { nil }
        }
    }
#endif
