internal import Synchronization

/// A reference that whoever comes first sets, for good, and everybody reads without a lock: one word of what only few ever need.
///
/// Sequentially consistent, as the socket's closing is: of a closer and a first awaited call one sees the other.
///
/// The standard library's `AtomicLazyReference` would be this, but for generic code that no call is specialised for.
@safe struct OnceReference<Instance: AnyObject & Sendable>: ~Copyable {
    private let reference = unsafe Atomic<Unmanaged<Instance>?>(nil)

    deinit { unsafe reference.load(ordering: .acquiring)?.release() }

    /// Nil before it is set.
    @inline(__always) var value: Instance? { unsafe unowned?.takeUnretainedValue() }

    /// As ``value``, for as long as this is held.
    @inline(__always) var unowned: Unmanaged<Instance>? { unsafe reference.load(ordering: .sequentiallyConsistent) }

    /// Sets it, and returns it, or what another thread has set before.
    func set(_ instance: Instance) -> Instance {
        let new = unsafe Unmanaged.passRetained(instance)
        let (exchanged, found) = unsafe reference.compareExchange(
            expected: nil, desired: new, ordering: .sequentiallyConsistent)
        if exchanged { return instance }
        unsafe new.release()
        return unsafe found.map { unsafe $0.takeUnretainedValue() } ?? instance
    }

    /// What it is, made now if it is not set.
    func made(by make: () -> Instance) -> Instance { value ?? set(make()) }
}
