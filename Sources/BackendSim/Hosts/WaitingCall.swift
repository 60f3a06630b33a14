internal import SocketModel

/// A started operation that has to wait.
@safe final class WaitingCall: Event {
    let operation: Operation
    let memory: OperationMemory
    let token: Token
    /// When it was started, for people.
    let since: Int64
    /// Whether it is being carried out at this moment.
    @safe @exclusivity(unchecked) var isBeingTried = false
    private let sink: any CompletionSink
    private unowned let place: SimulatedRegistration

    init(
        _ operation: Operation, _ memory: OperationMemory, _ token: Token, _ sink: any CompletionSink,
        _ place: SimulatedRegistration
    ) {
        self.operation = operation
        unsafe self.memory = memory
        self.token = token
        since = place.kernel.world.now
        self.sink = sink
        self.place = place
    }

    /// Its deadline has come.
    override consuming func occur() { place.end(token, Failure(.timedOut)) }

    func complete(_ completion: consuming Completion) {
        completion.token = token
        sink.complete(completion)
    }
}

extension Operation.Action {
    /// What a socket has to become for it.
    var awaits: Awaited {
        switch self {
        case .send, .sendMessage, .sendBatch, .sendFile, .connect: .writing
        case .poll: .polling
        default: .reading
        }
    }

    enum Awaited { case reading, writing, polling }
}
