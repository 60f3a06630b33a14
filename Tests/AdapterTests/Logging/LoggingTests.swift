#if Logging
    import Locks
    import Logging
    import Sockets
    import SocketsLogging
    import TestSupport
    import Testing

    @Suite(.timeLimit(.minutes(10))) struct `A server's log` {
        private let capture = LogCapture()

        @Test(arguments: Backends.all) func `tells of each connection, at debug`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let served = try Served(backend.network(), ServerOptions().logging(to: capture.logger())) {
                    try await echo($0)
                }
                let (first, second) = (try await served.client(), try await served.client())
                try await exchange("here", with: first)
                try first.shutdown(.send)
                await served.probe.wait(for: .ended)
                await served.probe.wait(for: .accepted, 2)
                try await served.stop()

                let peers = [try first.localAddress().description, try second.localAddress().description]
                let ended = ["connection": "1", "peer": peers[0]]
                let cancelled = ["connection": "2", "peer": peers[1]]
                #expect(
                    capture.entries.filter { $0.message == "connection accepted" }.map(\.metadata) == [
                        ended, cancelled,
                    ])
                for (message, known) in [("connection ended", ended), ("connection cancelled", cancelled)] {
                    let entry = try #require(capture.only(message))
                    #expect(entry.level == .debug)
                    #expect(entry.metadata.filter { $0.key != "duration" } == known)
                    #expect(entry.metadata["duration"]?.hasSuffix(" seconds") == true)
                }
                #expect(capture.only("accepting ends")?.level == .info)
                #expect(capture.entries.count == 5)
            }
        }

        @Test(arguments: Backends.all) func `has a handler's errors with all that is known of them`(
            backend: TestBackend
        ) async throws {
            try await backend.run { _ in
                let served = try Served(backend.network(), ServerOptions().logging(to: capture.logger())) {
                    connection in
                    let reset = SocketError(.connectionReset, .receive, errno: .connectionReset)
                    switch try await connection.receive()?.description {
                    case "mishap": throw Mishap()
                    case "framed": throw FramedError.stream(reset)
                    default: throw reset
                    }
                }
                for text in ["mishap", "reset", "framed"] {
                    let client = try await served.client()
                    try await client.sendAll(text)
                    #expect(try await client.receive(deadline: .net) == nil)
                }
                await served.probe.wait(for: .failed, 3)
                try await served.stop()

                let failed = capture.entries.filter { $0.message == "connection failed" }
                #expect(failed.map(\.level) == [.error, .warning, .warning])
                #expect(failed.first?.metadata["error"] == "a mishap")
                #expect(failed.first?.metadata["error.code"] == nil)
                #expect(failed.dropFirst().map(\.metadata["connection"]) == ["2", "3"])
                for reset in failed.dropFirst().map(\.metadata) {
                    #expect(reset["error.code"] == "connectionReset")
                    #expect(reset["error.operation"] == "recv")
                    #expect(reset["error.errno"] == "ECONNRESET")
                    #expect(reset["error"]?.contains("(ECONNRESET)") == true)
                }
            }
        }

        @Test(arguments: Backends.all) func `warns of what cannot be accepted`(backend: TestBackend) async throws {
            try await backend.run { _ in
                let faults = FaultPlan([
                    .init(.accept, Failure(errno: .connectionAbort)),
                    .init(.accept, Failure(errno: .tooManyOpenFilesInSystem)),
                ])
                let options = ServerOptions(exhaustionPause: .milliseconds(1)).logging(to: capture.logger())
                let served = try Served(Network(backend.choice.injecting(faults)), options) { try await echo($0) }
                try await exchange("here", with: served.client())
                try await served.stop()

                let aborted = try #require(capture.only("a connection could not be accepted"))
                #expect(aborted.level == .warning)
                #expect(aborted.metadata["error.code"] == "connectionAborted")
                let paused = try #require(
                    capture.only("accepting pauses: the system lacks descriptors or memory"))
                #expect(paused.level == .warning)
                #expect(paused.metadata["error.errno"] == "ENFILE")
                #expect(capture.only("accepting goes on")?.level == .info)
            }
        }

        @Test func `has a number for an error that has no name`() {
            let options = ServerOptions().logging(to: capture.logger())
            options.onEvent?(.acceptFailed(SocketError(.other, .accept, errno: Errno(rawValue: 4000))))
            #expect(capture.entries.first?.metadata["error.errno"] == "4000")
            options.onEvent?(.acceptFailed(SocketError(.closed, .accept)))
            #expect(capture.entries.last?.metadata.keys.sorted() == ["error", "error.code", "error.operation"])
        }

        @Test(arguments: [Logger.Level.critical, .error]) func `makes nothing of what its level leaves out`(
            level: Logger.Level
        ) async throws {
            let mishap = Mishap()
            let served = try Served(Network(.posix), ServerOptions().logging(to: capture.logger(level))) { _ in
                throw mishap
            }
            let client = try await served.client()
            await served.probe.wait(for: .failed)
            try await served.stop()
            keep(client)
            #expect(capture.entries.count == (level == .error ? 1 : 0))
            #expect(mishap.readings.value == (level == .error ? 1 : 0))
        }

        @Test func `comes beside other hooks`() {
            let told = Lock<[String]>([])
            let options = ServerOptions { event in told.withLock { $0.append("\(event)") } }
                .logging(to: capture.logger()).logging(to: capture.logger(.warning))
            options.onEvent?(.stopping)
            #expect(told.withLock { $0 } == ["accepting ends"])
            #expect(capture.entries.count == 1)
        }
    }
#endif
