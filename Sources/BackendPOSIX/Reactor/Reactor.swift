internal import CPOSIX
internal import SocketModel
internal import SystemSockets

/// Waits for all sockets of an executor's thread at once, and carries out what has become possible.
///
/// Sendable without check: the poller is any thread's, all else is touched on the executor's own thread only.
@safe final class Reactor: EventSource, @unchecked Sendable {
    let poller: Poller
    let calls: SystemCalls
    // Unchecked, as a registration's is.
    @safe @exclusivity(unchecked) private var own = State()

    private let events = UnsafeMutableBufferPointer<cposix_event>.allocate(capacity: 256)

    private struct State {
        var ended: [POSIXRegistration] = []
        var postponed: [POSIXRegistration] = []
        var lender = BufferLender()
    }

    var lender: BufferLender {
        @inline(__always) _read { yield own.lender }
        @inline(__always) _modify { yield &own.lender }
    }

    /// Throws when there is no descriptor left.
    init(_ calls: SystemCalls) throws(Failure) {
        self.calls = calls
        poller = try Poller()
    }

    deinit { unsafe events.deallocate() }

    func begin() {}
    func finish() {}

    func wake() { poller.wake() }

    /// The registration has operations that were not tried, as it was others' turn: they are, when those have had it.
    func postpone(_ registration: POSIXRegistration) { own.postponed.append(registration) }

    /// The registration is watched no more; but events found before may still name it, so it lives until they are done with.
    func bury(_ registration: POSIXRegistration) { own.ended.append(registration) }

    func tidy() {
        for registration in own.ended { registration.release() }
        own.ended.removeAll(keepingCapacity: true)
    }

    var isIdle: Bool { own.postponed.isEmpty }

    func wait(_ thread: ExecutorThread, nanoseconds: Int64) {
        let count = unsafe poller.wait(into: events, nanoseconds: nanoseconds)
        thread.wakeUp()
        for index in 0..<count {
            let event = unsafe events[index]
            unsafe POSIXRegistration.tagged(event.tag)._withUnsafeGuaranteedRef {
                $0.advance(Poller.Events(rawValue: event.events))
            }
            thread.runReady()
        }
        if !own.postponed.isEmpty { tryPostponed() }
    }

    private func tryPostponed() {
        let postponed = own.postponed
        own.postponed = []
        for registration in postponed { registration.advance([.readable, .writable]) }
    }
}
