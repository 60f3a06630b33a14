#if URing
    internal import CPOSIX
    internal import SocketModel
    internal import SystemSockets

    // What threads that block want of a socket that receives ahead: they take their turn with those that await.
    extension URingRegistration {
        /// Carries out a receive, while the calling thread waits.
        func execute(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
            let mayWait = operation.deadline != .distantPast
            if thread.isCurrent || mayWait && ExecutorThread.isAnyCurrent {
                let found = thread.isCurrent ? unsafe attemptInput(operation, memory) : nil
                return found ?? .failure(mayWait ? Failure(.blockingOnExecutor) : .system(EAGAIN))
            }
            let operation = copy operation
            guard mayWait else {
                return here { [self] in unsafe attemptInput(operation, memory) } ?? .failure(.system(EAGAIN))
            }
            let result = Result()
            unsafe start(operation, token: backend.nextToken(), memory: memory, completing: result)
            return result.wait()
        }

        /// Does something on the executor's thread, and waits until it is done.
        func here<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
            if thread.isCurrent { return body() }
            let answer = Answer<Value>()
            thread.post(.perform { answer.give(body()) })
            return answer.wait()
        }

        /// Whether something has been received ahead. Until ``endPoll()`` nothing more is: so the kernel tells of it.
        func beginPoll() -> Bool {
            here { [self] in
                rest.blockedPolls += 1
                endStream()
                return own.hasReceived
            }
        }

        func endPoll() { here { [self] in rest.blockedPolls -= 1 } }

        private final class Result: CompletionSink {
            private let answer = Answer<Completion>()

            func complete(_ completion: consuming Completion) { answer.give(completion) }

            func wait() -> Completion { answer.wait() }
        }
    }
#endif
