public import Sockets

// The article "Writing a backend" shows this file; a test of the documentation holds them together.

/// Any backend, whose sockets reach only peers in the given networks, and everything that has no IP address.
public final class Fence: BackendWrapper {
    /// The wrapped backend.
    public let base: any Backend
    private let permitted: [IPPrefix]

    /// Wraps `base`.
    public init(_ base: any Backend, to permitted: [IPPrefix]) {
        self.base = base
        self.permitted = permitted
    }

    /// Executes the operation, unless it leads outside.
    public func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        if let objection = objection(to: operation.action) { return .failure(objection) }
        return unsafe base.execute(operation, memory: memory)
    }

    /// Registers the socket; what is attempted or started there may not lead outside either.
    public func register(_ socket: SocketHandle) throws(Failure) -> any Registration {
        FencedRegistration(try base.register(socket), self)
    }

    /// Why an operation may not be carried out; nil if it may.
    func objection(to action: Operation.Action) -> Failure? {
        for address in action.destinations {
            guard let ip = address.unmapped.ip, !permitted.contains(where: { $0.contains(ip) }) else { continue }
            return Failure(.permissionDenied, detail: "\(ip) is outside of the fence")
        }
        return nil
    }
}

extension Operation.Action {
    /// Every address that bytes would go to.
    var destinations: [SocketAddress] {
        switch self {
        case .connect(let address): [address]
        case .sendMessage(let address?, _, _): [address]
        case .sendBatch(let headers, _): headers.compactMap(\.address)
        default: []
        }
    }
}

final class FencedRegistration: RegistrationWrapper {
    let base: any Registration
    private let fence: Fence

    init(_ base: any Registration, _ fence: Fence) {
        self.base = base
        self.fence = fence
    }

    func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        if let objection = fence.objection(to: operation.action) { return .failure(objection) }
        return unsafe base.attempt(operation, memory: memory)
    }

    func start(_ operation: Operation, token: Token, memory: OperationMemory, completing sink: any CompletionSink) {
        if let objection = fence.objection(to: operation.action) {
            return sink.complete(Completion(.failure(objection), token: token))
        }
        unsafe base.start(operation, token: token, memory: memory, completing: sink)
    }
}
