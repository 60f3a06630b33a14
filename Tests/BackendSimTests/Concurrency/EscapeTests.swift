import Dispatch
import Sockets
import Synchronization
import Testing

/// What leaves a simulation is reported, and told how to stay.
@Suite struct EscapeTests {
    /// Runs one program, which must be reported as escaped, in that many virtual seconds.
    @discardableResult private func report(
        seconds: Int64 = 0, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: @escaping @concurrent @Sendable (Network) async throws -> Void
    ) -> String? {
        let simulation = Simulation(seed: 3)
        simulation.host("a").run { network in try await body(network) }
        let error = #expect(throws: SimulationError.self, sourceLocation: sourceLocation) { try simulation.run() }
        guard case .escaped? = error else {
            Issue.record("not escaped: \(String(describing: error))", sourceLocation: sourceLocation)
            return nil
        }
        // It goes on nevertheless, in virtual time.
        _ = try? simulation.run()
        #expect(simulation.now.nanoseconds / 1_000_000_000 == seconds, sourceLocation: sourceLocation)
        return error?.description
    }

    @Test func sleepsOnOtherClocksAreReportedAndEndInVirtualTime() {
        let report = report(seconds: 100) { _ in try await Task.sleep(for: .seconds(100)) }
        #expect(report?.contains("a task of a sleeps on a ContinuousClock") == true)
        #expect(report?.contains("clock: network.clock") == true)
        self.report(seconds: 100) { _ in try await Task.sleep(nanoseconds: 100_000_000_000) }
        self.report(seconds: 100) { _ in try await SuspendingClock().sleep(until: .now + .seconds(100)) }
    }

    @Test func aCrashEndsSuchSleepsToo() throws {
        let simulation = Simulation()
        let host = simulation.host("a")
        let ended = Mutex(false)
        host.run { _ in
            try? await Task.sleep(for: .seconds(100))
            ended.withLock { $0 = true }
        }
        #expect(throws: SimulationError.self) { try simulation.run(for: .seconds(1)) }
        host.crash()
        try simulation.run(for: .seconds(1))
        #expect(ended.withLock { $0 })
    }

    @Test(arguments: [false, true]) func unstructuredTasksAreReportedWhenTheyCall(isDetached: Bool) {
        let report = report { network in
            if isDetached {
                _ = await Task.detached { try? network.socket(.ipv4, .stream) }.value
            } else {
                _ = await Task { try? network.socket(.ipv4, .stream) }.value
            }
        }
        #expect(report?.contains("keep to structured tasks") == true)
    }

    @Test func waitingForOneIsReported() {
        #expect(report { _ in _ = await Task { 5 }.value }?.contains("a task of a ") == true)
    }

    @Test func customExecutorsAreReported() {
        let report = report { _ in await Elsewhere().nothing() }
        #expect(report?.contains("a task of a was resumed by a thread") == true)
    }

    @Test func theMainActorIsReported() {
        let report = report { _ in await MainActor.run {} }
        #expect(report?.contains("a task of a was resumed by a thread") == true)
    }
}

/// An actor whose executor is a queue of the machine's.
private actor Elsewhere {
    private let executor = QueueExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    func nothing() {}
}

private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "elsewhere")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
