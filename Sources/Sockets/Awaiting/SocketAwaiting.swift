internal import SocketModel
internal import Synchronization

/// What a socket needs once calls of it are awaited: its registration with an executor, and calls to use again.
@safe final class SocketAwaiting: Sendable {
    let registration: any Registration
    private let spare = unsafe Atomic<Unmanaged<PendingCall>?>(nil)
    private let residentReference = unsafe Atomic<Unmanaged<Resident>?>(nil)
    private let slots = Atomic<UInt32>(0)

    init(_ registration: any Registration) { self.registration = registration }

    deinit {
        unsafe spare.load(ordering: .acquiring)?.release()
        unsafe residentReference.load(ordering: .acquiring)?.release()
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
    @inline(__always)
    func end(_ call: PendingCall) -> Completion {
        let completion = call.take()
        if !call.isResident { keep(call) }
        return completion
    }

    @inline(__always)
    private func call(for task: CurrentTask) -> PendingCall {
        if let resident = unsafe residentReference.load(ordering: .acquiring) {
            let call = unsafe resident._withUnsafeGuaranteedRef { $0.isSame(task) ? $0.call : nil }
            if let call { return call }
        }
        if let call = unsafe spare.exchange(nil, ordering: .acquiring) { return unsafe call.takeRetainedValue() }
        return makeCall(isResident: false)
    }

    /// A token for an operation that no pending call stands for.
    func nextToken() -> Token { Token(slot: nextSlot(), generation: 0) }

    private func nextSlot() -> UInt32 { slots.wrappingAdd(1, ordering: .relaxed).oldValue }

    private func makeCall(isResident: Bool) -> PendingCall {
        PendingCall(registration, slot: nextSlot(), isResident: isResident)
    }

    private func keep(_ call: PendingCall) {
        let previous = unsafe spare.exchange(Unmanaged.passRetained(call), ordering: .acquiringAndReleasing)
        if let previous = unsafe previous { unsafe previous.release() }
    }

    /// Lets the current task be the socket's resident while it runs `body`; the first one to ask is the only one ever.
    func reside(_ body: () async throws -> Void) async rethrows {
        let resident = Resident(makeCall(isResident: true))
        let new = unsafe Unmanaged.passRetained(resident)
        guard unsafe residentReference.compareExchange(expected: nil, desired: new, ordering: .releasing).exchanged
        else {
            unsafe new.release()
            return try await body()
        }
        defer { resident.leave() }
        try await withTaskCancellationHandler(operation: body) { resident.call.cancel() }
    }
}

/// What came of trying an operation.
enum Attempt {
    case done(Completion)
    case waiting(PendingCall)
}
