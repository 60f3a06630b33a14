public import CPOSIX

/// A value that one thread at a time may touch: a `pthread_mutex_t` and what it guards.
///
/// `Synchronization.Mutex` would do, but on Linux it locks inside its own library, where the thread sanitizer does not see it: every
/// guarded access would be reported as a race, and a real one would be lost among them.
///
/// It is inlinable, so that it is compiled for the value's type where it is used: else each call would look that type up.
///
/// Sendable without check: the pointer never changes, and what it points to is touched with the mutex held only.
@safe public struct Lock<Value>: ~Copyable, @unchecked Sendable {
    @unsafe @usableFromInline struct Storage {
        @usableFromInline var mutex = unsafe pthread_mutex_t()
        @usableFromInline var value: Value

        @usableFromInline init(value: Value) { unsafe self.value = value }
    }

    @usableFromInline let storage: UnsafeMutablePointer<Storage>

    /// A lock that guards a value.
    @inlinable public init(_ value: Value) {
        unsafe storage = .allocate(capacity: 1)
        unsafe storage.initialize(to: Storage(value: value))
        unsafe pthread_mutex_init(mutex, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe storage.deinitialize(count: 1)
        unsafe storage.deallocate()
    }

    /// Calls `body` with the value, alone with it, and returns what it returns. Not to be nested: that would wait for ever.
    @inlinable public func withLock<R, E: Error>(_ body: (inout Value) throws(E) -> R) throws(E) -> R {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try unsafe body(&storage.pointee.value)
    }

    /// The mutex comes first in the storage, and stays where it is for as long as there is a lock.
    @usableFromInline var mutex: UnsafeMutablePointer<pthread_mutex_t> {
        @inlinable get { unsafe UnsafeMutableRawPointer(storage).assumingMemoryBound(to: pthread_mutex_t.self) }
    }
}
