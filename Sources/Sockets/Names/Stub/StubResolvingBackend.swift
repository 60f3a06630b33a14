internal import Layers
internal import Locks
internal import SocketModel

/// Any backend, with names looked up by a stub resolver that asks servers through the backend's own sockets.
///
/// The resolver lives on one executor of the backend's, which starts with the first look-up that has to ask: whoever asks waits for it there, and no
/// thread is blocked meanwhile but that of a blocking call.
final class StubResolvingBackend: BackendWrapper {
    let base: any Backend
    private let source: StubSource

    init(_ base: any Backend, _ source: StubSource) {
        self.base = base
        self.source = source
    }

    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        guard query.isOfResolver else { return try base.resolve(query) }
        if case .known(let answer) = try source.answers().step(query) { return answer }
        return try wait { startResolving(query, completion: $0) }
    }

    func startResolving(
        _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
    ) {
        guard query.isOfResolver else { return base.startResolving(query, completion: completion) }
        start(.names(query)) { answer in
            completion(answer.flatMap { if case .names(let result) = $0 { result } else { .failure(Failure(.other)) } })
        }
    }

    /// Asks for records; `completion` is called once, on any thread.
    func startResolving(
        _ query: DNSQuery, completion: @escaping @Sendable (Result<DNSAnswer, Failure>) -> Void
    ) {
        start(.records(query)) { answer in
            completion(
                answer.flatMap { answer in
                    guard case .records(let result) = answer else { return .failure(Failure(.other)) }
                    return result.mapError { $0.failure }
                })
        }
    }

    /// Parks the calling thread until what `start` has started is complete.
    ///
    /// - Throws: ``Failure``, with ``SocketError/Code/blockingOnExecutor`` on an executor's thread.
    func wait<Answer: Sendable>(
        for start: (@escaping @Sendable (Result<Answer, Failure>) -> Void) -> Void
    ) throws(Failure) -> Answer {
        if base.isOnExecutor { throw Failure(.blockingOnExecutor) }
        let latch = base.makeLatch()
        let reply = NameReply<Answer>()
        start { result in
            reply.answer.withLock { $0 = result }
            latch.open()
        }
        try latch.wait()
        return try (reply.answer.withLock { $0 } ?? .failure(Failure(.other))).get()
    }

    private func start(
        _ question: StubQuestion, _ completion: @escaping @Sendable (Result<StubAnswer, Failure>) -> Void
    ) {
        do throws(Failure) {
            try source.driver().ask(question) { completion(.success($0)) }
        } catch {
            completion(.failure(error))
        }
    }
}

extension NameQuery {
    /// Whether a resolver knows it, and not only the host itself.
    fileprivate var isOfResolver: Bool {
        switch self {
        case .addresses, .name, .hostByName, .hostByAddress, .serviceByName, .serviceByPort: true
        case .protocolByName, .hostName, .interfaces, .interfaceIndex, .interfaceName: false
        }
    }
}

extension DNSLookupError {
    /// The same in the terms of every look-up of hosts.
    fileprivate var failure: Failure {
        var failure = Failure(cause: .host(HostError(of: self)))
        failure.detail = description
        return failure
    }
}
