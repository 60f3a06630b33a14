import Glibc
import Sockets

/// SIGINT, SIGTERM and SIGHUP, taken by a thread that waits for them: nothing runs in a signal handler.
struct TerminationSignals {
    private let signals: sigset_t

    /// Holds the signals back, in this thread and in all that it starts: make it before the first thread.
    init() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGHUP)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        self.signals = signals
    }

    /// How long a second signal still counts as the first, in milliseconds: `timeout(1)` sends two, to the process and to its group.
    private static let together: useconds_t = 500

    /// Runs `body` on a thread of its own when the first of the signals arrives. One that comes half a second later, or more, ends the process at
    /// once.
    func onFirst(_ network: Network, _ body: @escaping @Sendable () -> Void) throws(SocketError) {
        try network.spawn("sock-signals") {
            var signals = signals
            var number: Int32 = 0
            while unsafe sigwait(&signals, &number) != 0 {}
            body()
            usleep(Self.together * 1000)
            var now = timespec()
            while unsafe sigtimedwait(&signals, nil, &now) > 0 {}
            unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        }
    }
}
