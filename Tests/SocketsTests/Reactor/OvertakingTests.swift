import BackendPOSIX
import Locks
import Sockets
import TestSupport
import Testing

/// A cancel on the reactor's own thread needs no mail; what another thread has started before may still be in it.
@Suite(.timeLimit(.minutes(10))) struct `A cancel does not overtake the start` {
    private final class Ends: CompletionSink {
        let outcomes = Lock<[Outcome]>([])

        func complete(_ completion: consuming Completion) {
            let outcome = completion.outcome
            outcomes.withLock { $0.append(outcome) }
        }

        func await() async -> Outcome? {
            while true {
                if let first = outcomes.withLock({ $0.first }) { return first }
                await Task.yield()
            }
        }
    }

    /// Runs `start` on another thread while the executor's own is kept busy, and then `cancel` on that one.
    private func race(
        _ network: Network, _ start: @escaping @Sendable () -> Void, _ cancel: @escaping @Sendable () -> Void
    ) async throws {
        let executor = try network.executor
        await Task(executorPreference: executor) { @concurrent in
            #expect(executor.isCurrent)
            let isStarted = Lock(false)
            _ = try? network.spawn {
                start()
                isStarted.withLock { $0 = true }
            }
            while !isStarted.withLock({ $0 }) {}
            cancel()
        }.value
    }

    @Test func `of an operation`() async throws {
        let backend = try POSIXBackend()
        let network = try Network(.existing(backend))
        let (socket, peer) = try network.socketPair()
        let handle = SocketHandle(rawValue: try socket.descriptor())
        let (registration, ends) = (try backend.register(handle), Ends())
        let token = Token(slot: 0, generation: 0)
        try await race(network) {
            let operation = Operation(.receive([]), on: handle)
            unsafe registration.start(operation, token: token, memory: .lent(maximum: 1), completing: ends)
        } _: {
            registration.cancel(token)
        }
        #expect(await ends.await() == .failure(Failure(.cancelled)))
        registration.end()
        keep(peer)
    }

    @Test func `of a timer`() async throws {
        let network = try Network(.posix)
        let (executor, ends) = (try network.executor, Ends())
        let timer = Lock<(any NetworkTimer)?>(nil)
        try await race(network) {
            let started = executor.startTimer(until: .distantFuture, completing: ends)
            timer.withLock { $0 = started }
        } _: {
            timer.withLock { $0 }?.cancel()
        }
        #expect(await ends.await() == .failure(Failure(.cancelled)))
    }
}
