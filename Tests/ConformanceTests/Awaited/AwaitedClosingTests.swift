import Sockets
import TestSupport
import Testing

@Suite struct `Closing a network that is awaited` {
    @Test(arguments: Backends.all, NetworkPlace.allCases) func `wakes whoever waits, for whatever, in either form`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let other = try backend.network()
            let (a, b) = try network.socketPair()
            let listener = try network.listen(at: .loopback4)
            let threads = [
                try Aside(other) { () throws(SocketError) in _ = try a.receive(1) },
                try Aside(other) { () throws(SocketError) in _ = try listener.accept() },
                try Aside(other) { () throws(SocketError) in try network.sleep(for: .seconds(1000)) },
                try Aside(other) { () throws(SocketError) in try network.sleep(until: .distantFuture) },
                try Aside(other) { () throws(SocketError) in _ = try network.poll([]) },
            ]
            for thread in threads { await thread.awaitParked() }
            let calls: [@Sendable () async throws -> Void] = [
                { _ = try await b.receive(1) }, { _ = try await listener.accept() },
                { try await network.sleep(for: .seconds(1000)) }, { try await network.sleep(until: .distantFuture) },
                { try await network.clock.sleep(for: .seconds(1000)) },
                { _ = try await network.poll([]) },
                { try await network.withDeadline(.net) { _ = try await b.receive(1) } },
            ]
            try await place.run(network) {
                let tasks = calls.map { call in Task { await awaitedCode { try await call() } } }
                try await network.sleep(for: .milliseconds(5))
                try await network.close()
                try await network.close()
                for (index, task) in tasks.enumerated() { #expect(await task.value == .closed, "call \(index)") }
            }
            for (index, thread) in threads.enumerated() {
                #expect(await thread.failure()?.code == .closed, "thread \(index)")
            }
            #expect(a.isClosed && b.isClosed && listener.isClosed && network.isClosed)
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `lets nothing begin any more`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let thread = try network.spawn {}
            try await place.run(network) {
                try await network.close()
                let codes = [
                    await awaitedCode { try await network.sleep(for: .seconds(1000)) },
                    await awaitedCode { try await network.addresses(of: "localhost") },
                    await awaitedCode { try await network.addresses(of: "127.0.0.1", port: 1) },
                    await awaitedCode { try await network.connect(to: "127.0.0.1", port: 9) },
                    await awaitedCode { try await network.listen("127.0.0.1:0") },
                ]
                #expect(codes == Array(repeating: .closed, count: codes.count))
                try await network.sleep(until: network.now)
                try await thread.join(deadline: .net)
                #expect(
                    await awaitedCode {
                        try await network.withDeadline(.within(.milliseconds(1))) { () async throws in
                            await awaitCancellation()
                            throw CancellationError()
                        }
                    } == .timedOut)
            }
        }
    }

    @Test(arguments: Backends.all) func `a cancelled task closes all the same`(backend: TestBackend) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let reader = Task { await awaitedCode { try await a.receive(1) } }
            try await network.sleep(for: .milliseconds(2))
            let closer = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                try await network.close()
            }
            try await closer.value
            #expect(a.isClosed)
            #expect(await reader.value == .closed)
            keep(b)
        }
    }

    @Test(arguments: Backends.all) func `sleepers of other networks sleep on`(backend: TestBackend) async throws {
        try await backend.run { network in
            let other = try backend.network()
            let sleeper = Task { await awaitedCode { try await other.sleep(for: .milliseconds(20)) } }
            try await network.close()
            #expect(await sleeper.value == nil)
        }
    }
}
