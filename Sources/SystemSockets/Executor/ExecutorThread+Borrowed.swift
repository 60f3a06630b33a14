internal import CPOSIX
internal import SocketModel
internal import Synchronization

// What becomes of an executor whose thread was borrowed, when that is given back.
extension ExecutorThread {
    /// Works on the borrowed thread until ``stop()``, and gives it back.
    func runBorrowed() {
        run()
        hasLeft.store(true, ordering: .releasing)
        // What came in between is nobody's else.
        if !mailbox.fallAsleep() { runLate() }
    }

    /// There is no thread any more, and something is to be run: a task that has outlived its program. It gets a thread until nothing is left.
    func runLate() {
        let body: @Sendable () -> Void = { [self] in
            let other = unsafe cposix_current_executor()
            unsafe cposix_become_executor(Unmanaged.passUnretained(self).toOpaque())
            repeat {
                mailbox.wakeUp()
                if mailbox.isFull { readMail() }
                while own.hasReady { runReady() }
                cancelTimers()
            } while own.hasReady || !mailbox.fallAsleep()
            unsafe cposix_become_executor(other)
        }
        // Without a thread to be had, the caller's own has to do.
        do throws(Failure) { _ = try Thread.start("sockets-late", body) } catch { body() }
    }

    /// Nobody will be here when they are due.
    func cancelTimers() {
        while let timer = own.timers.popDue(.distantFuture) { timer.completeCancelled() }
    }
}
