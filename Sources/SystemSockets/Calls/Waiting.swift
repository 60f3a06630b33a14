internal import CPOSIX
package import SocketModel

extension SystemCalls {
    /// Parks until the socket is ready for `events`.
    ///
    /// - Throws: that it was cancelled, that the deadline passed, or what `ppoll(2)` reports.
    package func wait(_ descriptor: Int32, _ events: PollEvents, _ deadline: NetworkInstant) throws(Failure) {
        switch waiter.wait(for: descriptor, events, until: deadline) {
        case .ready: return
        case .timedOut: throw Failure(.timedOut)
        case .cancelled: throw Failure(.cancelled)
        case .refused: throw Failure(.blockingOnExecutor)
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

    /// As ``waitAfterError(_:_:_:)``, after a send. A UNIX datagram socket that is not connected counts as writable even if the
    /// receiver named in the call is full.
    func waitToSend(
        _ descriptor: Int32, to address: SocketAddress?, _ pause: inout Int64, _ deadline: NetworkInstant
    ) -> Failure? {
        guard errno == EAGAIN, deadline != .distantPast, address?.family == .unix else {
            return waitAfterError(descriptor, .writable, deadline)
        }
        do throws(Failure) {
            try waitForPeer(descriptor, &pause, deadline)
            return nil
        } catch {
            return error
        }
    }

    /// How long the first of several pauses is, in nanoseconds.
    package static var shortestPause: Int64 { 1_000_000 }

    /// How long the pause after one of so many nanoseconds is: twice as long, and 16 ms at most.
    package static func longer(_ pause: Int64) -> Int64 { min(pause * 2, 16_000_000) }

    /// A UNIX peer whose backlog or queue is full refuses, and the kernel offers nothing to wait for: ask again, at growing distances
    /// of 1 to 16 ms.
    func waitForPeer(_ descriptor: Int32, _ pause: inout Int64, _ deadline: NetworkInstant) throws(Failure) {
        let next = SystemClock.now.advanced(by: .nanoseconds(pause))
        pause = Self.longer(pause)
        switch waiter.pause(descriptor, until: min(next, deadline)) {
        case .cancelled: throw Failure(.cancelled)
        case .refused: throw Failure(.blockingOnExecutor)
        default: break
        }
        if deadline != .distantFuture, SystemClock.now >= deadline { throw Failure(.timedOut) }
    }
}
