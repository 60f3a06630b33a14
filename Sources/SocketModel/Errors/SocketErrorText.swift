extension SocketError: CustomStringConvertible {
    /// The operation, the address, what went wrong and what to do, in one line.
    public var description: String {
        var text = operation.rawValue
        if let subject { text += " \(subject)" }
        text += ": \(reason)"
        if let name = errno?.cName { text += " (\(name))" }
        if cause == nil, let advice = code.advice { text += "; \(advice)" }
        return text
    }

    private var reason: String {
        let root =
            if let cause { cause.description } else if let errno { errno.description } else { code.description }
        guard let detail else { return root }
        return cause == nil && errno == nil ? detail : "\(root): \(detail)"
    }
}

extension SocketError.Subject: CustomStringConvertible {
    /// The address, or the name as given; a host and a service as `host:service`.
    public var description: String {
        switch self {
        case .address(let address): address.description
        case .host(let host, let service): host.contains(":") ? "[\(host)]:\(service)" : "\(host):\(service)"
        case .name(let name): name
        }
    }
}

extension SocketError.Cause: CustomStringConvertible {
    /// What the underlying error says.
    public var description: String {
        switch self {
        case .resolution(let error): error.description
        case .host(let error): error.description
        case .address(let error): error.description
        case .option(let error): error.description
        case .control(let error): error.description
        }
    }
}

extension SocketError.Code: CustomStringConvertible {
    /// The kind, in a few words.
    public var description: String {
        switch self {
        case .closed: "the socket is closed"
        case .cancelled: "cancelled"
        case .timedOut: "timed out"
        case .wouldBlock: "would block"
        case .inProgress: "in progress"
        case .addressInUse: "address in use"
        case .addressNotAvailable: "address not available"
        case .alreadyConnected: "already connected"
        case .notConnected: "not connected"
        case .connectionRefused: "connection refused"
        case .connectionReset: "connection reset"
        case .connectionAborted: "connection aborted"
        case .brokenPipe: "broken pipe"
        case .hostUnreachable: "host unreachable"
        case .networkUnreachable: "network unreachable"
        case .permissionDenied: "permission denied"
        case .messageTooLong: "message too long"
        case .tooManyDescriptors: "too many descriptors"
        case .outOfResources: "out of resources"
        case .invalidArgument: "invalid argument"
        case .invalidAddress: "invalid address"
        case .badDescriptor: "bad descriptor"
        case .unsupported: "unsupported"
        case .notFound: "not found"
        case .resolutionFailed: "name resolution failed"
        case .endOfStream: "the stream ended early"
        case .hostCrashed: "the host has crashed"
        case .other: "error"
        }
    }
}
