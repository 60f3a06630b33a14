import Sockets
import Synchronization
import Testing

/// What Swift's concurrency has for a program to be made of: it stays in virtual time, all of it.
@Suite struct StructureTests {
    /// Runs one awaited program and returns what it has taken down, and how long it took.
    private func log(
        _ body: @escaping @concurrent @Sendable (Network, @escaping @Sendable (String) -> Void) async throws -> Void
    ) throws -> (lines: [String], seconds: Int64) {
        let simulation = Simulation(seed: 3)
        let lines = Mutex<[String]>([])
        let note: @Sendable (String) -> Void = { line in lines.withLock { $0.append(line) } }
        simulation.host("a").run { network in try await body(network, note) }
        try simulation.run()
        return (lines.withLock { $0 }, simulation.now.nanoseconds / 1_000_000_000)
    }

    @Test func sleepsOnItsOwnClockAreExact() throws {
        let simulation = Simulation()
        simulation.host("a").run { network in
            try await Task.sleep(until: network.now.advanced(by: .nanoseconds(1_234_567)), clock: network.clock)
            try await Task.sleep(for: .nanoseconds(3), clock: network.clock)
        }
        try simulation.run()
        #expect(simulation.now == NetworkInstant(nanoseconds: 1_234_570))
    }

    @Test func childTasksRunSideBySide() throws {
        let (lines, seconds) = try log { network, note in
            async let first: Void = network.sleep(for: .seconds(5))
            try await withThrowingTaskGroup { group in
                for number in [3, 1, 2] {
                    group.addTask {
                        try await network.sleep(for: .seconds(number))
                        note("\(number)")
                    }
                }
                try await group.waitForAll()
            }
            try await first
            note("5")
        }
        #expect(lines == ["1", "2", "3", "5"])
        #expect(seconds == 5)
    }

    @Test func actorsTakeTurns() throws {
        actor Account {
            var balance = 0
            func add(_ amount: Int, _ network: Network) async throws -> Int {
                try await network.sleep(for: .seconds(1))
                balance += amount
                return balance
            }
        }
        let (lines, seconds) = try log { network, note in
            let account = Account()
            try await withThrowingTaskGroup { group in
                for amount in [1, 10, 100] {
                    group.addTask { note("\(try await account.add(amount, network))") }
                }
                try await group.waitForAll()
            }
        }
        #expect(lines == ["1", "11", "111"])
        #expect(seconds == 1)
    }

    @Test func streamsPassThingsOn() throws {
        let (lines, seconds) = try log { network, note in
            let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
            async let sending: Void = {
                for number in 1...3 {
                    try await network.sleep(for: .seconds(1))
                    continuation.yield(number)
                }
                continuation.finish()
            }()
            for await number in stream { note("\(number) at \(network.now.nanoseconds / 1_000_000_000)") }
            try await sending
        }
        #expect(lines == ["1 at 1", "2 at 2", "3 at 3"])
        #expect(seconds == 3)
    }

    @Test func cancellingWakesWhoSleeps() throws {
        let (lines, seconds) = try log { network, note in
            await withTaskGroup { group in
                group.addTask {
                    await withTaskCancellationHandler {
                        do throws(SocketError) { try await network.sleep(for: .seconds(100)) } catch {
                            note("\(error.code)")
                        }
                    } onCancel: {
                        note("handler")
                    }
                }
                try? await network.sleep(for: .seconds(1))
                group.cancelAll()
            }
        }
        // Which of two handlers is called first is the runtime's choice: the inner one.
        #expect(lines.sorted() == ["cancelled", "handler"])
        #expect(seconds == 1)
    }

    private enum Label { @TaskLocal static var name = "none" }

    @Test func taskLocalsAreInherited() throws {
        let (lines, _) = try log { network, note in
            try await Label.$name.withValue("outer") {
                async let child: Void = {
                    try await network.sleep(for: .seconds(1))
                    note(Label.name)
                }()
                try await child
            }
            note(Label.name)
        }
        #expect(lines == ["outer", "none"])
    }
}
