internal import CPOSIX
internal import Locks
internal import SocketModel

/// What one thread hands to another that waits for it, again and again: a flag with a condition variable.
///
/// Sendable without check: the flag is only touched with the mutex held, and the two pointers never change.
@safe final class Baton: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isHere = false

    init() {
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

    /// Gives it to whoever takes it.
    func give() {
        unsafe pthread_mutex_lock(mutex)
        isHere = true
        unsafe pthread_cond_signal(condition)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Waits for it; `isLate` is called once if that takes longer than so many seconds of the machine's time.
    func take(patience: Int = .max, isLate: () -> Void = {}) {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        if patience < .max, !waited(patience) {
            // Whoever is told may take its time, and the one it waits for as well.
            unsafe pthread_mutex_unlock(mutex)
            isLate()
            unsafe pthread_mutex_lock(mutex)
        }
        while !isHere { unsafe pthread_cond_wait(condition, mutex) }
        isHere = false
    }

    /// False when so many seconds have passed.
    private func waited(_ seconds: Int) -> Bool {
        var limit = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &limit)
        limit.tv_sec += min(max(seconds, 0), 1 << 30)
        while !isHere {
            if unsafe pthread_cond_timedwait(condition, mutex, &limit) != 0 { return isHere }
        }
        return true
    }
}
