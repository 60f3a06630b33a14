#if URing
    import BackendURing
    import ProcessControl
    import Sockets
    import TestSupport
    import Testing

    @Suite struct `A ring's options` {
        @Test(
            arguments: [
                { $0.threads = 0 }, { $0.threads = 1025 }, { $0.buffers = 3 }, { $0.buffers = 65536 },
                { $0.bufferSize = 100 }, { $0.readAhead = 0 }, { $0.spin = .seconds(-1) }, { $0.spin = .seconds(2) },
                { $0.zeroCopy = 0 },
            ] as [@Sendable (inout URingOptions) -> Void])
        func `out of bounds are refused`(change: @Sendable (inout URingOptions) -> Void) {
            var options = URingOptions()
            change(&options)
            #expect {
                try Network(.uring(options))
            } throws: {
                ($0 as? SocketError)?.code == .invalidArgument
            }
        }

        @Test(
            arguments: [{ $0.spin = .microseconds(50) }, { $0.submissionIdle = .milliseconds(10) }]
                as [@Sendable (inout URingOptions) -> Void])
        func `that change how it waits change nothing else`(change: @Sendable (inout URingOptions) -> Void) async throws
        {
            let ringed = try Ringed(change)
            let server = ringed.server
            let echoing = Task { try await echo(server) }
            for round in 0..<100 {
                try await ringed.client.sendAll("\(round)")
                #expect(try await ringed.client.receive(deadline: .net)?.description == "\(round)")
            }
            let start = ringed.network.now
            try await ringed.network.sleep(for: .milliseconds(20))
            #expect(start.duration(to: ringed.network.now) >= .milliseconds(20))
            try await ringed.client.close()
            try await echoing.value
        }

        @Test func `features are named`() throws {
            #expect(URingFeatures.all.names.count == URingFeatures.allCases.count)
            #expect(try URingFeatures.available().isSubset(of: .all))
        }

        @Test func `what is not used is told apart, with its reason`() throws {
            let unused = try URingUnused.all()
            #expect(Set(unused.map(\.name)).count == unused.count)
            #expect(unused.allSatisfy { !$0.reason.isEmpty })
            // It came with the kernel before the oldest that will do.
            #expect(unused.first { $0.name == "multishot accept" }?.isThere == true)
        }

        @Test func `where io_uring is forbidden, that is said`() async {
            await #expect(processExitsWith: .success) {
                Process.require(control_forbid_io_uring() == 0, "the filter is not taken")
                do throws(SocketError) {
                    _ = try Network(.uring())
                    Process.require(false, "it works all the same")
                } catch {
                    Process.require(error.code == .unsupported, "\(error)")
                    Process.require("\(error)".contains("forbidden"), "\(error)")
                }
            }
        }
    }
#endif
