internal import CPOSIX
internal import SocketModel

extension POSIXBackend {
    /// Parks until the socket is ready for `events`.
    ///
    /// - Throws: that it was cancelled, that the deadline passed, or what `ppoll(2)` reports.
    func wait(_ descriptor: Int32, _ events: PollEvents, _ deadline: NetworkInstant) throws(Failure) {
        switch parking.wait(for: descriptor, events, until: deadline) {
        case .ready: return
        case .timedOut: throw Failure(.timedOut)
        case .cancelled: throw Failure(.cancelled)
        case .failed(let number): throw Failure(errno: number)
        }
    }

    /// Decides, right after a call that failed, whether to call again: nil, after waiting if need be, or the failure to report.
    func waitAfterError(_ descriptor: Int32, _ events: PollEvents, _ deadline: NetworkInstant) -> Failure? {
        switch errno {
        case EINTR: return nil
        case EAGAIN where deadline != .distantPast:
            do throws(Failure) {
                try wait(descriptor, events, deadline)
                return nil
            } catch {
                return error
            }
        default: return .lastErrno
        }
    }
}
