internal import SocketModel
internal import Synchronization

/// What a socket needs once calls of it are awaited: its registration with an executor, and a call to use again.
@safe final class SocketAwaiting: Sendable {
    let registration: any Registration
    private let spare = unsafe Atomic<Unmanaged<PendingCall>?>(nil)
    private let slots = Atomic<UInt32>(0)

    init(_ registration: any Registration) { self.registration = registration }

    deinit { unsafe spare.load(ordering: .acquiring)?.release() }

    /// Carries out an operation that cannot be completed at once, while the task is suspended.
    @inline(__always)
    func carryOut(_ operation: Operation, _ memory: OperationMemory) async -> Completion {
        let call = takeCall()
        let token = call.token
        let completion = await call.wait {
            unsafe registration.start(operation, token: token, memory: memory, completing: call)
        } cancel: { [registration] in
            registration.cancel(token)
        }
        keep(call)
        return completion ?? .failure(Failure(.other))
    }

    /// Carries out an operation that cannot be completed at once, while the task is suspended; `started` learns its token, by which
    /// others may cancel it at ``registration``, right after it was started.
    func carryOut(
        _ operation: Operation, _ memory: OperationMemory, started: (Token) -> Void
    ) async -> Completion {
        let call = takeCall()
        let token = call.token
        let completion = await call.wait {
            unsafe registration.start(operation, token: token, memory: memory, completing: call)
            started(token)
        } cancel: { [registration] in
            registration.cancel(token)
        }
        keep(call)
        return completion ?? .failure(Failure(.other))
    }

    @inline(__always)
    private func takeCall() -> PendingCall {
        if let call = unsafe spare.exchange(nil, ordering: .acquiring) { return unsafe call.takeRetainedValue() }
        return PendingCall(slot: slots.wrappingAdd(1, ordering: .relaxed).oldValue)
    }

    @inline(__always)
    private func keep(_ call: PendingCall) {
        let previous = unsafe spare.exchange(Unmanaged.passRetained(call), ordering: .acquiringAndReleasing)
        if let previous = unsafe previous { unsafe previous.release() }
    }
}
