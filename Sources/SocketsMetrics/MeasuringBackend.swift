#if Metrics
    internal import Metrics
    internal import Sockets

    /// Any backend, with its bytes and errors counted.
    final class MeasuringBackend: BackendWrapper {
        let base: any Backend
        private let metrics: SocketMetrics

        init(_ base: any Backend, _ metrics: SocketMetrics) {
            self.base = base
            self.metrics = metrics
        }

        func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
            let completion = unsafe base.execute(operation, memory: memory)
            unsafe metrics.note(operation.action, memory, completion.outcome)
            return completion
        }

        func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
            MeasuringRegistration(try base.register(socket), metrics)
        }

        func startResolving(
            _ query: NameQuery, completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void
        ) {
            base.startResolving(query) { [metrics] result in
                if case .failure(let failure) = result { metrics.note(failure, query.operation) }
                completion(result)
            }
        }

        func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
            do throws(Failure) {
                return try base.resolve(query)
            } catch {
                metrics.note(error, query.operation)
                throw error
            }
        }
    }

    /// What is done at once is counted when it is attempted; what had to wait, completion by completion.
    private final class MeasuringRegistration: RegistrationWrapper {
        let base: any Registration
        private let metrics: SocketMetrics

        init(_ base: any Registration, _ metrics: SocketMetrics) {
            self.base = base
            self.metrics = metrics
        }

        func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
            let completion = unsafe base.attempt(operation, memory: memory)
            if let completion { unsafe metrics.note(operation.action, memory, completion.outcome) }
            return completion
        }

        func start(
            _ operation: Operation, token: Token, memory: OperationMemory,
            completing sink: any CompletionSink
        ) {
            let sink = unsafe MeasuringSink(sink, operation.action, memory, metrics)
            unsafe base.start(operation, token: token, memory: memory, completing: sink)
        }
    }

    @safe private final class MeasuringSink: CompletionSink {
        private let base: any CompletionSink
        private let action: Operation.Action
        private let memory: OperationMemory
        private let metrics: SocketMetrics

        init(
            _ base: any CompletionSink, _ action: Operation.Action, _ memory: OperationMemory,
            _ metrics: SocketMetrics
        ) {
            self.base = base
            self.action = action
            unsafe self.memory = memory
            self.metrics = metrics
        }

        func complete(_ completion: consuming Completion) {
            unsafe metrics.note(action, memory, completion.outcome)
            base.complete(completion)
        }
    }

    extension SocketMetrics {
        fileprivate func note(
            _ action: borrowing Operation.Action, _ memory: OperationMemory,
            _ outcome: borrowing Outcome
        ) {
            if case .failure(let failure) = copy outcome { return note(failure, action.name) }
            let traffic = unsafe Traffic(action, memory, outcome)
            if traffic.sent > 0 { sent.increment(by: traffic.sent) }
            if traffic.received > 0 { received.increment(by: traffic.received) }
        }

        fileprivate func note(_ failure: Failure, _ operation: OperationName) {
            if failure.isError { errors.increment(ErrorKind(operation: operation, code: failure.code)) }
        }
    }

    extension Failure {
        /// Whether it is more than that the program did not want to wait.
        fileprivate var isError: Bool {
            switch code {
            case .wouldBlock, .inProgress, .cancelled: false
            case .timedOut: errno != nil
            default: true
            }
        }
    }
#endif
