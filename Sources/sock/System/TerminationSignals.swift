import Glibc
import Sockets

/// SIGINT and SIGTERM, taken by a thread that waits for them: nothing runs in a signal handler.
struct TerminationSignals {
    private let signals: sigset_t

    /// Holds the signals back, in this thread and in all that it starts: make it before the first thread.
    init() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        self.signals = signals
    }

    /// Runs `body` on a thread of its own when the first of the signals arrives. A second one ends the process at once.
    func onFirst(_ network: Network, _ body: @escaping @Sendable () -> Void) throws(SocketError) {
        try network.spawn("sock-signals") {
            var signals = signals
            var number: Int32 = 0
            while unsafe sigwait(&signals, &number) != 0 {}
            unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            body()
        }
    }
}
