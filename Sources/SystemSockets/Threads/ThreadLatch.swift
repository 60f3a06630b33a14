internal import CPOSIX
package import SocketModel

/// A latch on a mutex and a condition variable, which is timed by the monotonic clock.
///
/// Sendable without check: `isOpen` is only touched with the mutex held, and the two pointers never change.
@safe package final class ThreadLatch: Latch, @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isOpen = false

    package init() {
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe condition.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(condition, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    package func open() {
        unsafe pthread_mutex_lock(mutex)
        isOpen = true
        unsafe pthread_cond_broadcast(condition)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Waits on any thread, an executor's too: for what is about to come by itself.
    package func waitBriefly() {
        unsafe pthread_mutex_lock(mutex)
        while !isOpen { unsafe pthread_cond_wait(condition, mutex) }
        unsafe pthread_mutex_unlock(mutex)
    }

    /// An executor's thread is refused if it would have to wait: everybody else's sockets and tasks would wait with it.
    package func wait(until instant: NetworkInstant) throws(Failure) -> Bool {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        if !isOpen, instant != .distantPast, ExecutorThread.isAnyCurrent { throw Failure(.blockingOnExecutor) }
        var time = SystemClock.time(instant)
        while !isOpen {
            if instant == .distantFuture {
                unsafe pthread_cond_wait(condition, mutex)
            } else if unsafe pthread_cond_timedwait(condition, mutex, &time) != 0 {
                break
            }
        }
        return isOpen
    }
}
