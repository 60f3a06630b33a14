internal import Locks
internal import SocketModel

/// What has to be asked to know a value, and what the answers mean: pure, and so written once for the blocking and the awaited form.
enum Lookup<Value> {
    /// Nothing more has to be asked.
    case known(Value)
    /// The answer to a question leads on.
    case ask(NameQuery, (Result<NameAnswer, SocketError>) throws(SocketError) -> Lookup)

    /// One question, whose answer is the value; nil when it does not fit.
    static func ask(_ query: NameQuery, reading read: @escaping (NameAnswer) -> Value?) -> Lookup {
        .ask(query) { answer throws(SocketError) in
            guard let value = read(try answer.get()) else { throw .unexpected(query.operation) }
            return .known(value)
        }
    }

    /// What this leads to, or its failure, leads on.
    func then<Next>(
        _ next: @escaping (Result<Value, SocketError>) throws(SocketError) -> Lookup<Next>
    ) throws(SocketError) -> Lookup<Next> {
        switch self {
        case .known(let value): return try next(.success(value))
        case .ask(let query, let read):
            return .ask(query) { answer throws(SocketError) in
                let rest: Lookup
                do throws(SocketError) {
                    rest = try read(answer)
                } catch {
                    return try next(.failure(error))
                }
                return try rest.then(next)
            }
        }
    }

    /// The same value in other words.
    func map<Other>(_ transform: @escaping (Value) throws(SocketError) -> Other) throws(SocketError) -> Lookup<Other> {
        try then { value throws(SocketError) in .known(try transform(value.get())) }
    }
}

// MARK: The two drivers

extension Network {
    /// Knows the value, asking on the calling thread.
    func know<Value>(_ lookup: Lookup<Value>) throws(SocketError) -> Value {
        var lookup = lookup
        while true {
            switch lookup {
            case .known(let value): return value
            case .ask(let query, let read):
                lookup = try read(Result { () throws(SocketError) in try answer(query) })
            }
        }
    }

    /// Knows the value, asking while the task is suspended. What never waits is asked at once, whatever the deadline.
    func know<Value>(_ lookup: Lookup<Value>, until deadline: NetworkInstant) async throws(SocketError) -> Value {
        var lookup = lookup
        while true {
            switch lookup {
            case .known(let value): return value
            case .ask(let query, let read):
                let answer: Result<NameAnswer, SocketError>
                do throws(SocketError) {
                    answer = .success(try await self.answer(query, until: deadline))
                } catch {
                    answer = .failure(error)
                }
                lookup = try read(answer)
            }
        }
    }

    private func answer(_ query: NameQuery) throws(SocketError) -> NameAnswer {
        do throws(Failure) {
            if isClosed { throw .networkClosed }
            return try backend.resolve(query)
        } catch {
            throw SocketError(error, query.operation, query.subject)
        }
    }

    private func answer(
        _ query: NameQuery, until deadline: NetworkInstant
    ) async throws(SocketError) -> NameAnswer {
        do throws(Failure) {
            if Task.isCancelled { throw backend.cancellation }
            if query.mayWait {
                return try await awaitReply(until: deadline) { backend.startResolving(query, completion: $0) }
            }
        } catch {
            throw SocketError(error, query.operation, query.subject)
        }
        return try answer(query)
    }

    /// Lets somebody answer while the task is suspended. When that ends early, the look-up goes on by itself, and its answer is dropped.
    func awaitReply<Answer: Sendable>(
        until deadline: NetworkInstant, _ start: (@escaping @Sendable (Result<Answer, Failure>) -> Void) -> Void
    ) async throws(Failure) -> Answer {
        if deadline == .distantPast { throw Failure(.wouldBlock) }
        let reply = NameReply<Answer>()
        try await suspend(until: deadline) { wait in
            start { result in
                reply.answer.withLock { $0 = result }
                wait.end(.told)
            }
        }
        return try (reply.answer.withLock { $0 } ?? .failure(Failure(.other))).get()
    }
}

/// Where an answer is left for who waits.
final class NameReply<Answer: Sendable>: Sendable {
    let answer = Lock<Result<Answer, Failure>?>(nil)
}

extension SocketError {
    /// Whether the look-up was ended, or did not begin, instead of being answered.
    var isNoAnswer: Bool {
        switch code {
        case .cancelled, .timedOut, .wouldBlock, .closed, .blockingOnExecutor: true
        default: false
        }
    }
}
