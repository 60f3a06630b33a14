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
    func waitAfterError(
        _ descriptor: Int32, _ events: PollEvents, _ tries: inout Tries, _ deadline: NetworkInstant
    ) -> Failure? {
        switch errno {
        case EINTR: return nil
        case EAGAIN where deadline != .distantPast:
            do throws(Failure) {
                if tries.haveWaited, isReady(descriptor, events) {
                    try pause(descriptor, &tries, deadline)
                } else {
                    try wait(descriptor, events, deadline)
                    tries.haveWaited = true
                }
                return nil
            } catch {
                return error
            }
        default: return .lastErrno
        }
    }

    /// Whether `poll` says so, of a call that has just said the opposite: a socket whose error queue nobody reads counts as ready for all.
    private func isReady(_ descriptor: Int32, _ events: PollEvents) -> Bool {
        var entry = pollfd(fd: descriptor, events: events.rawValue, revents: 0)
        return unsafe cposix_poll(&entry, 1, 0) > 0
    }

    /// As ``waitAfterError(_:_:_:_:)``, after a send. A UNIX datagram socket that is not connected counts as writable even if the
    /// receiver named in the call is full.
    func waitToSend(
        _ descriptor: Int32, to address: SocketAddress?, _ tries: inout Tries, _ deadline: NetworkInstant
    ) -> Failure? {
        guard errno == EAGAIN, deadline != .distantPast, let address else {
            return waitAfterError(descriptor, .writable, &tries, deadline)
        }
        guard address.family == .unix else {
            return lacksPort(descriptor) ? .noPortLeft : waitAfterError(descriptor, .writable, &tries, deadline)
        }
        do throws(Failure) {
            try pause(descriptor, &tries, deadline)
            return nil
        } catch {
            return error
        }
    }

    /// Whether a socket of IP has found no local port for a send. It counts as writable: waiting for that would never end.
    func lacksPort(_ descriptor: Int32) -> Bool {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(descriptor, $0, &length) }
        }
        // Both families have their port in the same place.
        let isOfIP = Int32(address.sin6_family) == AF_INET || Int32(address.sin6_family) == AF_INET6
        return status == 0 && isOfIP && address.sin6_port == 0
    }

    /// How long the first of several pauses is, in nanoseconds.
    package static var shortestPause: Int64 { 1_000_000 }

    /// How long the pause after one of so many nanoseconds is: twice as long, and 16 ms at most.
    package static func longer(_ pause: Int64) -> Int64 { min(pause * 2, 16_000_000) }

    /// Where the kernel offers nothing to wait for, as for a UNIX peer whose backlog or queue is full, a call is made again at growing
    /// distances of 1 to 16 ms.
    func pause(_ descriptor: Int32, _ tries: inout Tries, _ deadline: NetworkInstant) throws(Failure) {
        let next = SystemClock.now.advanced(by: .nanoseconds(tries.pause))
        tries.pause = Self.longer(tries.pause)
        switch waiter.pause(descriptor, until: min(next, deadline)) {
        case .cancelled: throw Failure(.cancelled)
        case .refused: throw Failure(.blockingOnExecutor)
        default: break
        }
        if deadline != .distantFuture, SystemClock.now >= deadline { throw Failure(.timedOut) }
    }
}

/// What is remembered of a call that is made again until it need not wait.
struct Tries {
    /// How long the next pause is, in nanoseconds.
    var pause = SystemCalls.shortestPause
    /// Whether there was a wait since the call has last come to something.
    var haveWaited = false
}

extension Failure {
    /// What the kernel says as `EAGAIN`, though no time will change it.
    static var noPortLeft: Failure {
        var failure = Failure.system(EAGAIN)
        failure.detail = "no local port is left"
        return failure
    }
}
