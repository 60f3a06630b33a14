/// A value in memory of its own that one thread alone touches, as its owner promises.
///
/// Stored properties of a class would do, but for the run-time check that no two accesses overlap, made anew on every access and looked
/// up in thread-local storage: on a reactor's thread that was a tenth of what an awaited call costs beside the kernel.
@safe public struct ThreadBound<Value: ~Copyable>: ~Copyable {
    /// Where the value is.
    public let pointer: UnsafeMutablePointer<Value>

    /// Keeps a value.
    @inlinable public init(_ value: consuming Value) {
        unsafe pointer = .allocate(capacity: 1)
        unsafe pointer.initialize(to: value)
    }

    deinit {
        unsafe pointer.deinitialize(count: 1)
        unsafe pointer.deallocate()
    }

    /// The value; accesses must not overlap.
    @inlinable public var value: Value {
        @inline(__always) unsafeAddress { unsafe UnsafePointer(pointer) }
        @inline(__always) nonmutating unsafeMutableAddress { unsafe pointer }
    }
}
