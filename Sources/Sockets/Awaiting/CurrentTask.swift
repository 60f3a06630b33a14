internal import CTask

/// The task that is running, looked up once for a call; not to be kept.
@safe struct CurrentTask {
    private let task: UnsafeMutableRawPointer?

    @inline(__always) init() { unsafe task = ctask_current() }

    /// Whether it is cancelled; false outside of tasks.
    @inline(__always) var isCancelled: Bool { unsafe ctask_is_cancelled(task) }

    /// A number that no other living task has; zero outside of tasks.
    @inline(__always) var identity: UInt { unsafe UInt(bitPattern: task) }
}
