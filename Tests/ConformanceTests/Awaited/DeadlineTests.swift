import Sockets
import TestSupport
import Testing

@Suite struct `One deadline for many calls` {
    private struct Own: Error, Equatable { let text: String }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `what is done in time is passed on`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            try await place.run(network) {
                for deadline in [Deadline.never, .net, .at(network.now.advanced(by: .seconds(300)))] {
                    #expect(try await network.withDeadline(deadline) { 7 } == 7)
                    await #expect(throws: Own(text: "mine")) {
                        try await network.withDeadline(deadline) { throw Own(text: "mine") }
                    }
                    let (a, b) = try network.socketPair()
                    let text = try await network.withDeadline(deadline) {
                        try await a.sendAll("in time")
                        try await network.sleep(for: .milliseconds(1))
                        return try await b.receive()?.description
                    }
                    #expect(text == "in time")
                }
            }
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `what waits beyond it times out`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let thread = try network.spawn { _ = try? b.receive(1) }
            let calls: [@Sendable () async throws -> Void] = [
                { _ = try await a.receive() }, { try await network.sleep(for: .seconds(1000)) },
                { try await Task.sleep(for: .seconds(1000), clock: network.clock) }, { try await thread.join() },
                { while true { try await network.sleep(for: .milliseconds(1)) } },
                { try await network.withDeadline(.within(.seconds(1000))) { _ = try await a.receive() } },
                { _ = try await a.framed(by: LineFraming()).next() },
                { throw CancellationError() },
            ]
            try await place.run(network) {
                for (index, call) in calls.enumerated() where index < 7 {
                    let error = await awaitedFailure { try await network.withDeadline(.within(.milliseconds(5)), call) }
                    #expect(error?.code == .timedOut, "\(index)")
                    #expect(error?.operation == .withDeadline, "\(index)")
                }
                // Cancellation that has nothing to do with the deadline stays what it is.
                await #expect(throws: CancellationError.self) { try await network.withDeadline(.net, calls[7]) }
            }
            try await a.sendAll("x")
            try await thread.join()
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases)
    func `a value or an error of its own is passed on, however late`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            try await place.run(network) {
                let value = try await network.withDeadline(.within(.milliseconds(1))) {
                    try? await network.sleep(for: .seconds(1000))
                    return Task.isCancelled
                }
                #expect(value)
                await #expect(throws: Own(text: "late")) {
                    try await network.withDeadline(.within(.milliseconds(1))) {
                        try? await network.sleep(for: .seconds(1000))
                        throw Own(text: "late")
                    }
                }
                let (a, b) = try network.socketPair()
                let early = await awaitedFailure {
                    try await network.withDeadline(.net) {
                        _ = try await a.receive(deadline: .within(.milliseconds(1)))
                    }
                }
                #expect(early == SocketError(.timedOut, .receive))
                keep(b)
            }
        }
    }

    @Test(arguments: Backends.all, [Deadline.immediate, .within(.zero), .at(.distantPast)])
    func `a deadline that has passed begins with a cancelled task`(backend: TestBackend, deadline: Deadline)
        async throws
    {
        try await backend.run { network in
            #expect(try await network.withDeadline(deadline) { Task.isCancelled })
            let (a, b) = try network.socketPair()
            let error = await awaitedFailure { try await network.withDeadline(deadline) { try await a.sendAll("x") } }
            #expect(error?.code == .timedOut)
            #expect(await awaitedCode { try await b.receive(deadline: .immediate) } == .wouldBlock)
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `a cancelled caller is cancelled, not late`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            try await place.run(network) {
                let call = Task {
                    await awaitedFailure {
                        try await network.withDeadline(.net) { try await network.sleep(for: .seconds(1000)) }
                    }
                }
                try await network.sleep(for: .milliseconds(2))
                call.cancel()
                #expect(await call.value?.code == .cancelled)
                #expect(await call.value?.operation == .sleep)
            }
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `of nested deadlines the earlier one counts`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let (short, long) = (Deadline.within(.milliseconds(3)), Deadline.net)
            try await place.run(network) {
                let inner = await awaitedCode {
                    try await network.withDeadline(long) {
                        let code = await awaitedCode {
                            try await network.withDeadline(short) { try await network.sleep(for: .seconds(1000)) }
                        }
                        // The outer one has time left.
                        try await network.sleep(for: .milliseconds(1))
                        throw SocketError(code ?? .other, .read)
                    }
                }
                #expect(inner == .timedOut)
                let outer = await awaitedFailure {
                    try await network.withDeadline(short) {
                        let code = await awaitedCode {
                            try await network.withDeadline(long) { try await network.sleep(for: .seconds(1000)) }
                        }
                        throw SocketError(code ?? .other, .read)
                    }
                }
                #expect(outer == SocketError(.timedOut, .withDeadline))
            }
        }
    }

    /// Not sendable, as most of what a program works with.
    private final class Counter { var count = 0 }

    @MainActor @Test(arguments: Backends.kernel(.foreignThreads)) func `the body runs where its caller does`(
        backend: TestBackend
    )
        async throws
    {
        let network = try backend.network()
        let counter = Counter()
        let same = try await network.withDeadline(.net) {
            MainActor.assertIsolated()
            counter.count += 1
            try await network.sleep(for: .milliseconds(1))
            MainActor.assertIsolated()
            counter.count += 1
            return counter
        }
        #expect(same === counter && counter.count == 2)
    }

    @Test func `a backend without executors has none`() async throws {
        let network = try Network(.existing(NamesBackend()))
        #expect(await awaitedCode { try await network.withDeadline(.net) {} } == .unsupported)
        try await network.withDeadline(.never) {}
    }
}
