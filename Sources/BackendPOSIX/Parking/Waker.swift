internal import CPOSIX
internal import SocketModel
internal import SystemSockets

/// What a parked thread watches beside its sockets, so that another thread can wake it: an `eventfd`.
///
/// It counts like a semaphore, each signal wakes one cancelled thread. So one may be shared: the others see a spurious wake-up.
final class Waker: Sendable {
    let descriptor: Int32

    /// Throws when there is no descriptor left.
    init() throws(Failure) {
        let number = cposix_eventfd()
        guard number >= 0 else { throw .lastErrno(of: "eventfd") }
        descriptor = number
    }

    deinit { _ = close(descriptor) }

    func signal() { cposix_eventfd_signal(descriptor) }

    func consume() { cposix_eventfd_consume(descriptor) }
}
