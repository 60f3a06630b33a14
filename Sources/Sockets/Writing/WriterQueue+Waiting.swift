internal import SocketModel

extension WriterQueue {
    /// Suspends the task until what is waited for has come, at most until the deadline; what was done before that counts.
    func wait(
        for purpose: WriterWait.Purpose, _ operation: OperationName, _ deadline: Deadline?
    ) async throws(SocketError) {
        let suspension = Suspension<Void>()
        let wait = WriterWait(purpose) { suspension.end(.told(())) }
        guard join(wait) else { return try leave(wait, nil, operation) }
        let limit = socket.limit(deadline, .sending)
        if limit == .distantPast { return try leave(wait, Failure(.wouldBlock), operation) }
        let timer: (any NetworkTimer)?
        do throws(Failure) {
            timer = try socket.network.startTimer(until: limit, suspension)
        } catch {
            return try leave(wait, error, operation)
        }
        switch await suspension.ending() {
        case .told: break
        case .timedOut: return try leave(wait, Failure(.timedOut), operation)
        case .failed(let failure): return try leave(wait, failure, operation)
        case .cancelled, .closed:
            timer?.cancel()
            return try leave(wait, Failure(.cancelled), operation)
        }
        timer?.cancel()
        try leave(wait, nil, operation)
    }

    /// Parks the thread until what is waited for has come, at most until the deadline; what was done before that counts.
    func park(
        for purpose: WriterWait.Purpose, _ operation: OperationName, _ deadline: Deadline?
    ) throws(SocketError) {
        let latch = socket.backend.makeLatch()
        let wait = WriterWait(purpose) { latch.open() }
        guard join(wait) else { return try leave(wait, nil, operation) }
        let limit = socket.limit(deadline, .sending)
        if limit == .distantPast { return try leave(wait, Failure(.wouldBlock), operation) }
        do throws(Failure) {
            if try !latch.wait(until: limit) { throw Failure(.timedOut) }
        } catch {
            return try leave(wait, error, operation)
        }
        try leave(wait, nil, operation)
    }
}
