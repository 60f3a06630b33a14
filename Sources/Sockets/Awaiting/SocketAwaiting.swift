internal import SocketModel
internal import Synchronization

/// What a socket needs once calls of it are awaited: its registration with an executor, and calls to use again.
@safe final class SocketAwaiting: Sendable {
    let registration: any Registration
    private let spare = unsafe Atomic<Unmanaged<PendingCall>?>(nil)
    private let residentCall = unsafe Atomic<Unmanaged<PendingCall>?>(nil)
    private let slots = Atomic<UInt32>(0)

    init(_ registration: any Registration) { self.registration = registration }

    deinit {
        unsafe spare.load(ordering: .acquiring)?.release()
        unsafe residentCall.load(ordering: .acquiring)?.release()
    }

    /// Carries out an operation, or if it has to wait, returns the call that waits for it; ``end(_:)`` takes it back.
    @inline(__always)
    func attempt(_ operation: Operation, _ memory: OperationMemory, _ task: CurrentTask) -> Attempt {
        if let completion = unsafe registration.attempt(operation, memory: memory) { return .done(completion) }
        let call = call(for: task)
        unsafe call.prepare(operation, memory)
        return .waiting(call)
    }

    /// What a call that has waited came to.
    func end(_ call: PendingCall) -> Completion {
        let completion = call.take()
        keep(call)
        return completion
    }

    /// A call for the task; ``keep(_:)`` takes it back.
    @inline(__always)
    func call(for task: CurrentTask) -> PendingCall {
        if let resident = unsafe residentCall.load(ordering: .acquiring) {
            let call = unsafe resident._withUnsafeGuaranteedRef { $0.belongs(to: task) ? $0 : nil }
            if let call { return call }
        }
        if let call = unsafe spare.exchange(nil, ordering: .acquiring) { return unsafe call.takeRetainedValue() }
        return PendingCall(registration, slot: nextSlot())
    }

    /// A token for an operation that no pending call stands for.
    func nextToken() -> Token { Token(slot: nextSlot(), generation: 0) }

    private func nextSlot() -> UInt32 { slots.wrappingAdd(1, ordering: .relaxed).oldValue }

    /// The call may be used again.
    @inline(__always)
    func keep(_ call: PendingCall) {
        if !call.isResident { store(call) }
    }

    private func store(_ call: PendingCall) {
        let previous = unsafe spare.exchange(Unmanaged.passRetained(call), ordering: .acquiringAndReleasing)
        if let previous = unsafe previous { unsafe previous.release() }
    }

    /// Makes the current task the socket's resident, unless it has had one: the first to ask is the only one ever.
    ///
    /// A task may be cancelled while it is suspended, so each suspension needs a cancellation handler, which is recorded with the task
    /// and removed again under a lock of the runtime's. A resident has installed one for its whole stay, which cancels whatever call is
    /// pending: its own calls need none. That takes away a quarter of what a suspension costs beside the kernel.
    ///
    /// - Returns: The resident's call, to be cancelled when the task is, until it leaves; nil when the task is no resident.
    func beginResidence() -> PendingCall? {
        let call = PendingCall(registration, slot: nextSlot(), resident: CurrentTask())
        let new = unsafe Unmanaged.passRetained(call)
        if unsafe residentCall.compareExchange(expected: nil, desired: new, ordering: .releasing).exchanged {
            return call
        }
        unsafe new.release()
        return nil
    }
}

/// What came of trying an operation.
enum Attempt {
    case done(Completion)
    case waiting(PendingCall)
}
