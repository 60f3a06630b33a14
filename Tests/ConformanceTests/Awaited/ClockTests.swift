import Locks
import Sockets
import TestSupport
import Testing

@Suite struct `Awaiting time` {
    @Test(arguments: Backends.all, NetworkPlace.allCases) func `nobody is woken early, and the past is no wait`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            try await place.run(network) {
                let start = network.now
                try await network.sleep(for: .milliseconds(3))
                #expect(start.duration(to: network.now) >= .milliseconds(3))
                let next = network.now.advanced(by: .milliseconds(3))
                try await Task.sleep(until: next, clock: network.clock)
                #expect(network.now >= next)
                let last = network.now
                try await Task.sleep(for: .milliseconds(3), clock: network.clock)
                #expect(last.duration(to: network.clock.now) >= .milliseconds(3))
                try await network.sleep(for: .seconds(-1))
                try await network.sleep(until: start)
                try await network.sleep(until: .distantPast)
                try await Task.sleep(until: start, clock: network.clock)
                let measured = try await network.clock.measure { try await network.sleep(for: .milliseconds(2)) }
                #expect(measured >= .milliseconds(2))
            }
        }
    }

    /// Numbers in the order they were noted.
    private final class Woken: Sendable {
        private let noted = Lock<[Int]>([])
        var numbers: [Int] { noted.withLock { $0 } }
        func note(_ number: Int) { noted.withLock { $0.append(number) } }
    }

    @Test(arguments: Backends.all) func `sleepers on an executor wake in the order of their times`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            var margin = Duration.milliseconds(20)
            while true {
                let (woken, late) = (Woken(), Woken())
                let start = network.now.advanced(by: margin)
                try await NetworkPlace.onTheExecutor.run(network) {
                    try await sleepers(network, start, woken, late)
                }
                // Whoever began too late did not sleep: then there was too little time to begin.
                guard late.numbers.isEmpty else {
                    margin *= 2
                    continue
                }
                #expect(woken.numbers == Array(0..<500))
                return
            }
        }
    }

    /// Every number once, out of order; of each two neighbours one by either call.
    private func sleepers(
        _ network: Network, _ start: NetworkInstant, _ woken: Woken, _ late: Woken
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in (0..<500).map({ $0 * 217 % 500 }) {
                group.addTask {
                    let instant = start.advanced(by: .microseconds(number * 40))
                    if number % 2 == 0 {
                        try await network.sleep(until: instant)
                    } else {
                        try await Task.sleep(until: instant, clock: network.clock)
                    }
                    woken.note(number)
                }
            }
            group.addTask { if network.now >= start { late.note(0) } }
            try await group.waitForAll()
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `many sleepers are cancelled, the others still wake`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            try await place.run(network) {
                let end = network.now.advanced(by: .milliseconds(30))
                let tasks = (0..<200).map { number in
                    Task {
                        let instant = number % 2 == 0 ? end : .distantFuture
                        return await awaitedCode { try await network.sleep(until: instant) }
                    }
                }
                for number in tasks.indices where number % 2 == 1 { tasks[number].cancel() }
                for (number, task) in tasks.enumerated() {
                    #expect(await task.value == (number % 2 == 0 ? nil : .cancelled), "\(number)")
                }
                #expect(network.now >= end)
            }
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases)
    func `a cancelled sleep of the clock's is a CancellationError`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            try await place.run(network) {
                for early in [true, false] {
                    let sleeper = Task { try await Task.sleep(for: .seconds(1000), clock: network.clock) }
                    if !early { try await network.sleep(for: .milliseconds(2)) }
                    sleeper.cancel()
                    await #expect(throws: CancellationError.self) { try await sleeper.value }
                }
            }
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `a thread's end can be awaited, by several`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let thread = try network.spawn { _ = try? b.receive(1) }
            try await place.run(network) {
                #expect(await awaitedCode { try await thread.join(deadline: .immediate) } == .wouldBlock)
                #expect(await awaitedCode { try await thread.join(deadline: .within(.milliseconds(1))) } == .timedOut)
                let cancelled = Task { await awaitedCode { try await thread.join() } }
                cancelled.cancel()
                #expect(await cancelled.value == .cancelled)
                let others = (0..<3).map { _ in Task { await awaitedCode { try await thread.join(deadline: .net) } } }
                _ = try await a.sendAll("x")
                for other in others { #expect(await other.value == nil) }
                try await thread.join()
                try await thread.join(deadline: .immediate)
            }
        }
    }

    private final class Held: Sendable {}

    private struct Weakly { weak var object: Held? }

    /// A thread that alone holds something.
    private func holder(_ network: Network) throws -> (NetworkThread, Weakly) {
        let held = Held()
        return (try network.spawn { keep(held) }, Weakly(object: held))
    }

    @Test(arguments: Backends.all) func `a thread that has ended has let go of what its body held`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            for _ in 0..<50 {
                let (thread, held) = try holder(network)
                try await thread.join(deadline: .net)
                #expect(held.object == nil)
            }
        }
    }
}
