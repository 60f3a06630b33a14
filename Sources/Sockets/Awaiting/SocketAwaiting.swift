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

    /// Carries out an operation that cannot be completed at once, while the task is suspended.
    @inline(__always)
    func carryOut(_ operation: Operation, _ memory: OperationMemory, _ task: CurrentTask) async -> Completion {
        if let resident, resident.isSame(task) {
            unsafe await wait(resident.call, operation, memory, task)
            return resident.call.take()
        }
        return unsafe await carryOutAsGuest(operation, memory)
    }

    private func carryOutAsGuest(_ operation: Operation, _ memory: OperationMemory) async -> Completion {
        let call = takeSpare() ?? makeCall()
        let token = call.token
        // The form without an isolation parameter does not look for the task's executor on its way in and out.
        await _unsafeInheritExecutor_withTaskCancellationHandler {
            unsafe await wait(call, operation, memory, CurrentTask())
        } onCancel: { [registration] in
            registration.cancel(token)
        }
        let completion = call.take()
        keep(call)
        return completion
    }

    @inline(__always)
    private func wait(_ call: PendingCall, _ operation: Operation, _ memory: OperationMemory, _ task: CurrentTask) async
    {
        let token = call.token
        await call.wait(task) {
            unsafe registration.start(operation, token: token, memory: memory, completing: call)
        } cancel: {
            registration.cancel(token)
        }
    }

    private func makeCall() -> PendingCall { PendingCall(slot: slots.wrappingAdd(1, ordering: .relaxed).oldValue) }

    private func takeSpare() -> PendingCall? {
        guard let call = unsafe spare.exchange(nil, ordering: .acquiring) else { return nil }
        return unsafe call.takeRetainedValue()
    }

    private func keep(_ call: PendingCall) {
        let previous = unsafe spare.exchange(Unmanaged.passRetained(call), ordering: .acquiringAndReleasing)
        if let previous = unsafe previous { unsafe previous.release() }
    }
}

// MARK: The resident

extension SocketAwaiting {
    /// The task that serves the socket; nil if there is none.
    @inline(__always) private var resident: Resident? {
        guard let found = unsafe residentReference.load(ordering: .acquiring) else { return nil }
        return unsafe found.takeUnretainedValue()
    }

    /// Lets the current task be the socket's resident while it runs `body`; the first one to ask is the only one ever.
    func reside(_ body: () async throws -> Void) async rethrows {
        let resident = Resident(registration, makeCall())
        let new = unsafe Unmanaged.passRetained(resident)
        guard unsafe residentReference.compareExchange(expected: nil, desired: new, ordering: .releasing).exchanged
        else {
            unsafe new.release()
            return try await body()
        }
        defer { resident.leave() }
        try await withTaskCancellationHandler(operation: body) { resident.cancel() }
    }
}
