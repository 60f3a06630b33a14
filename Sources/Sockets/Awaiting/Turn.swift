internal import Locks
package import SocketModel

/// A right that one call has at a time. Others wait for it, blocked or suspended, first come first served; as many as there are calls.
package final class Turn: Sendable {
    private enum Waiter: Sendable {
        case task(Suspension)
        case thread(any Latch)
    }

    private struct State {
        var isTaken = false
        var next = 0
        var waiting: [(number: Int, waiter: Waiter)] = []
    }

    private let state = Lock(State())

    package init() {}

    /// Takes it if nobody has it; whether it was taken.
    package func takeNow() -> Bool {
        state.withLock { state in
            defer { state.isTaken = true }
            return !state.isTaken
        }
    }

    /// Parks the thread until it is this call's turn.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/timedOut``, ``SocketError/Code/wouldBlock``, ``SocketError/Code/blockingOnExecutor``.
    @available(*, noasync)
    package func take(
        on network: Network, until deadline: NetworkInstant, _ operation: OperationName
    ) throws(SocketError) {
        if takeNow() { return }
        if deadline == .distantPast { throw SocketError(.wouldBlock, operation) }
        let latch = network.backend.makeLatch()
        let number = enqueue(.thread(latch))
        do throws(Failure) {
            if try !latch.wait(until: deadline) { throw Failure(.timedOut) }
        } catch {
            abandon(number)
            throw SocketError(error, operation)
        }
    }

    /// Suspends the task until it is this call's turn.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/timedOut``, ``SocketError/Code/wouldBlock``, ``SocketError/Code/cancelled``,
    ///   ``SocketError/Code/closed`` when the network is.
    package func take(
        on network: Network, until deadline: NetworkInstant, _ operation: OperationName
    ) async throws(SocketError) {
        if takeNow() { return }
        if deadline == .distantPast { throw SocketError(.wouldBlock, operation) }
        var number = 0
        do throws(Failure) {
            try await network.suspend(until: deadline) { number = enqueue(.task($0)) }
        } catch {
            abandon(number)
            throw SocketError(error, operation)
        }
    }

    /// Lets the next have it.
    package func leave() {
        let next = state.withLock { state -> Waiter? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst().waiter }
            state.isTaken = false
            return nil
        }
        switch next {
        case .task(let wait): wait.end(.told)
        case .thread(let latch): latch.open()
        case nil: break
        }
    }

    private func enqueue(_ waiter: Waiter) -> Int {
        let (number, isFree) = state.withLock { state -> (Int, Bool) in
            state.next += 1
            if state.isTaken { state.waiting.append((state.next, waiter)) }
            defer { state.isTaken = true }
            return (state.next, !state.isTaken)
        }
        // It has become free meanwhile.
        guard isFree else { return number }
        switch waiter {
        case .task(let wait): wait.end(.told)
        case .thread(let latch): latch.open()
        }
        return number
    }

    /// Waits no more. What was handed to this call at the same moment goes to the next one. Zero never waited.
    private func abandon(_ number: Int) {
        guard number > 0 else { return }
        let isHanded = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return true }
            state.waiting.remove(at: index)
            return false
        }
        if isHanded { leave() }
    }
}
