package import CPOSIX
package import SocketModel

/// How the threads of a backend wait for the kernel.
///
/// A cancelled socket's waiters are woken, and nobody waits for it again until its descriptor is forgotten.
package protocol Waiter: AnyObject, Sendable {
    /// Parks the calling thread until one of `entries` is ready, and fills their `revents`: `POLLNVAL` for one that was cancelled.
    ///
    /// An executor's thread is refused unless it need not wait at all: everybody else's sockets and tasks would wait with it.
    func wait(for entries: UnsafeMutableBufferPointer<pollfd>, until deadline: NetworkInstant) -> WaitOutcome

    /// Parks the calling thread for a while, or until the socket is cancelled.
    func pause(_ descriptor: Int32, until deadline: NetworkInstant) -> WaitOutcome

    /// Wakes whoever waits for the socket, and refuses those to come.
    func cancel(_ descriptor: Int32)

    /// The descriptor's number is about to go back to the system: what was said of it is void.
    func forget(_ descriptor: Int32)
}

/// How a thread's wait has ended.
package enum WaitOutcome: Sendable { case ready, timedOut, cancelled, refused, failed(Errno) }

extension Waiter {
    /// Parks the calling thread until `descriptor` is ready for `events`, or in error.
    package func wait(for descriptor: Int32, _ events: PollEvents, until deadline: NetworkInstant) -> WaitOutcome {
        var entry = pollfd(fd: descriptor, events: events.rawValue, revents: 0)
        return unsafe withUnsafeMutablePointer(to: &entry) {
            unsafe wait(for: UnsafeMutableBufferPointer(start: $0, count: 1), until: deadline)
        }
    }
}
