internal import Locks
package import SocketModel

/// A few threads that ask the C library's name service, which knows no other way than to block.
///
/// At most 4 look-ups run at once, the others wait their turn, first come, first served; at most 10,000 wait, and a look-up beyond fails
/// with ``SocketError/Code/outOfResources``. A thread starts when there is work, and ends when there is none.
package final class NamePool: Sendable {
    package typealias Answer = @Sendable (NameQuery) throws(Failure) -> NameAnswer
    package typealias Completion = @Sendable (Result<NameAnswer, Failure>) -> Void

    static let threads = 4
    static let capacity = 10_000

    private let answer: Answer

    /// A pool of threads that ask `answer`.
    package init(_ answer: @escaping Answer = { query throws(Failure) in try SystemNames.answer(query) }) {
        self.answer = answer
    }

    private struct State {
        var waiting = Queue<(query: NameQuery, completion: Completion)>()
        var threads = 0

        mutating func next() -> (query: NameQuery, completion: Completion)? {
            if let next = waiting.removeFirst() { return next }
            threads -= 1
            return nil
        }
    }

    private let state = Lock(State())

    package func start(_ query: NameQuery, _ completion: @escaping Completion) {
        enum Decision { case refuse, wait, grow }
        let decision = state.withLock { state -> Decision in
            guard state.waiting.count < Self.capacity else { return .refuse }
            state.waiting.append((query, completion))
            guard state.threads < Self.threads else { return .wait }
            state.threads += 1
            return .grow
        }
        switch decision {
        case .refuse:
            completion(.failure(Failure(.outOfResources, detail: "\(Self.capacity) look-ups are waiting already")))
        case .wait: break
        case .grow:
            do throws(Failure) {
                _ = try Thread.start("sockets-names") { [self] in work() }
            } catch {
                fail(error)
            }
        }
    }

    private func work() {
        while let (query, completion) = state.withLock({ $0.next() }) {
            completion(Result { () throws(Failure) in try answer(query) })
        }
    }

    /// There is no thread to be had: unless another still works on what waits, nothing of it will ever be done.
    private func fail(_ failure: Failure) {
        let lost = state.withLock { state -> [Completion] in
            state.threads -= 1
            guard state.threads == 0 else { return [] }
            defer { state.waiting.removeAll() }
            return state.waiting.map(\.completion)
        }
        for completion in lost { completion(.failure(failure)) }
    }
}
