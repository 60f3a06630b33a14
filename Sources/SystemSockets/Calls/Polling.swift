internal import CPOSIX
internal import SocketModel

extension SystemCalls {
    func poll(_ entries: [Operation.PollEntry], _ deadline: NetworkInstant) -> Completion {
        unsafe withUnsafeTemporaryAllocation(of: pollfd.self, capacity: entries.count) { watched in
            for (index, entry) in entries.enumerated() {
                let value = pollfd(fd: entry.socket.rawValue, events: entry.events.rawValue, revents: 0)
                unsafe watched.initializeElement(at: index, to: value)
            }
            // A deadline in the far past polls once: the time left is never less than zero.
            switch unsafe waiter.wait(for: watched, until: deadline) {
            case .failed(let number): return .failure(Failure(errno: number))
            case .refused: return .failure(Failure(.blockingOnExecutor))
            case .ready, .timedOut, .cancelled: break
            }
            return unsafe Completion(.readiness(watched.map { PollEvents(rawValue: $0.revents) }))
        }
    }
}
