internal import CPOSIX
internal import SocketModel
internal import SystemSockets

/// Says which of many descriptors have become ready, each once a change unless asked otherwise: `epoll(7)`, or `kqueue(2)` on Darwin.
///
/// Waiting is one thread's; everything else any thread may do.
struct Poller: ~Copyable, Sendable {
    /// What to watch for, and what was found.
    struct Events: OptionSet, Sendable {
        let rawValue: UInt32

        static let readable = Events(rawValue: UInt32(CPOSIX_READABLE))
        static let writable = Events(rawValue: UInt32(CPOSIX_WRITABLE))
        /// The peer has ended, or there is an error; with or without bytes before it.
        static let hangUp = Events(rawValue: UInt32(CPOSIX_HANGUP))
        /// Urgent data.
        static let priority = Events(rawValue: UInt32(CPOSIX_PRIORITY))
        /// Of an interest: what holds is reported by every wait.
        static let level = Events(rawValue: UInt32(CPOSIX_LEVEL))
    }

    private let poller: cposix_poller

    /// Throws when there is no descriptor left.
    init() throws(Failure) {
        var poller = cposix_poller()
        guard unsafe cposix_poller_open(&poller) == 0 else { throw .lastErrno(of: "epoll_create or kqueue") }
        self.poller = poller
    }

    deinit { cposix_poller_close(poller) }

    /// Watches a descriptor under a tag that is not zero; what holds already is reported once.
    func add(_ descriptor: Int32, tag: UInt64, _ interest: Events) throws(Failure) {
        if cposix_poller_add(poller, descriptor, tag, interest.rawValue) < 0 { throw .lastErrno }
    }

    /// Watches it for more than before; what holds already is reported once more.
    func extend(_ descriptor: Int32, tag: UInt64, _ interest: Events) throws(Failure) {
        if cposix_poller_extend(poller, descriptor, tag, interest.rawValue) < 0 { throw .lastErrno }
    }

    /// No wait that begins afterwards reports the descriptor.
    func remove(_ descriptor: Int32) { cposix_poller_remove(poller, descriptor) }

    /// Waits, for ever if `nanoseconds` is negative, and returns how many events it wrote into `events`.
    func wait(into events: UnsafeMutableBufferPointer<cposix_event>, nanoseconds: Int64) -> Int {
        // It fails only for descriptors that are none: there is nothing to report.
        max(0, Int(unsafe cposix_poller_wait(poller, events.baseAddress, Int32(events.count), nanoseconds)))
    }

    /// Ends the present wait, or the next.
    func wake() { cposix_poller_wake(poller) }
}
