#if URing
    internal import Locks
    internal import SocketModel
    internal import SystemSockets

    // What threads that block want of a socket that receives ahead: they take their turn with those that await.
    extension URingRegistration {
        /// Carries out an operation that takes input, while the calling thread waits.
        func execute(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
            if thread.isCurrent {
                if let completion = unsafe attemptInput(operation, memory) { return completion }
                if case .poll(let entries) = operation.action, operation.deadline == .distantPast {
                    return Completion(.readiness(entries.map { _ in [] }))
                }
                return .failure(Failure(operation.deadline == .distantPast ? .wouldBlock : .blockingOnExecutor))
            }
            return unsafe executeElsewhere(copy operation, memory)
        }

        private func executeElsewhere(_ operation: Operation, _ memory: OperationMemory) -> Completion {
            if ExecutorThread.isAnyCurrent { return .failure(Failure(.blockingOnExecutor)) }
            let result = Result()
            let token = backend.nextToken()
            unsafe start(operation, token: token, memory: memory, completing: result)
            return result.wait()
        }

        private final class Result: CompletionSink {
            private let answer = Answer<Completion>()

            func complete(_ completion: consuming Completion) { answer.give(completion) }

            func wait() -> Completion { answer.wait() }
        }
    }
#endif
