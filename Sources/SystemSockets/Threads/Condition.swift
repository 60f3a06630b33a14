internal import CPOSIX
package import SocketModel

/// A mutex and a condition variable, which is timed by the monotonic clock: what threads that wait for one another need.
///
/// Sendable without check: the two pointers never change.
@safe package final class Condition: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

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

    package func lock() { unsafe pthread_mutex_lock(mutex) }
    package func unlock() { unsafe pthread_mutex_unlock(mutex) }

    /// Wakes all that wait.
    package func broadcast() { unsafe pthread_cond_broadcast(condition) }

    /// Waits, unlocked meanwhile, until it is woken, or for nothing.
    package func wait() { unsafe pthread_cond_wait(condition, mutex) }

    /// As ``wait()``, at most until an instant of the monotonic clock; false when that has passed.
    package func wait(until instant: NetworkInstant) -> Bool {
        var time = SystemClock.time(instant)
        return unsafe pthread_cond_timedwait(condition, mutex, &time) == 0
    }
}
