internal import CPOSIX
package import SocketModel

/// A detached thread that runs a closure once: `pthread_create(3)`.
package enum Thread {
    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void
        let done: ThreadLatch

        init(_ name: String, _ run: @escaping @Sendable () -> Void, _ done: ThreadLatch) {
            self.name = name
            self.run = run
            self.done = done
        }
    }

    package static func start(_ name: String, _ run: @escaping @Sendable () -> Void) throws(Failure) -> ThreadLatch {
        let done = ThreadLatch()
        let body = unsafe Unmanaged.passRetained(Body(name, run, done))
        var thread = pthread_t()
        let status = unsafe pthread_create(&thread, nil, { unsafe Thread.main($0) }, body.toOpaque())
        guard status == 0 else {
            unsafe body.release()
            var failure = Failure(errno: Errno(rawValue: status))
            // EAGAIN means here that there is no thread to give, not that anything can be waited for.
            if status == EAGAIN { failure.code = .outOfResources }
            failure.detail = "no thread could be started: see ulimit -u, pids.max and the memory there is"
            throw failure
        }
        pthread_detach(thread)
        return done
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        // Whoever is let through by the latch may count on it that what the body held has been let go.
        let done = unsafe argument.map { unsafe run($0) }
        done?.open()
        return nil
    }

    private static func run(_ argument: UnsafeMutableRawPointer) -> ThreadLatch {
        let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
        unsafe cposix_name_thread(body.name)
        body.run()
        return body.done
    }
}
