extension SocketError: CustomStringConvertible {
    /// The operation, the address, what went wrong and what to do, in one line.
    public var description: String {
        var text = operation.rawValue
        if let subject, !causeNamesSubject { text += " \(subject)" }
        text += ": \(reason)"
        if let detail { text += ": \(detail)" } else if let advice { text += "; \(advice)" }
        return text + attempts
    }

    /// The attempts before, as far as a line has room for them.
    private var attempts: String {
        if earlierAttempts.isEmpty { return "" }
        let shown = earlierAttempts.prefix(4).map { attempt in
            (attempt.subject.map { "\($0): " } ?? "") + (attempt.detail ?? attempt.reason)
        }
        let others = earlierAttempts.count - shown.count
        return "; before that, " + shown.joined(separator: ", ") + (others > 0 ? ", and \(others) more" : "")
    }

    private var reason: String {
        if let cause { return cause.description }
        guard let errno else { return code.description }
        return errno.description + (errno.cName.map { " (\($0))" } ?? "")
    }

    /// Option errors begin with the option's name.
    private var causeNamesSubject: Bool {
        if case .option = cause { true } else { false }
    }
}

extension SocketError.Subject: CustomStringConvertible {
    /// The address, or the name as given; a host and a service as `host:service`. Of a long name the first 128 bytes are shown, and
    /// what would change the line's layout is escaped.
    public var description: String {
        switch self {
        case .address(let address): address.isUnspecified ? "(no address)" : address.description
        case .host(let host, let service): Self.text(host.printable(), service.printable())
        case .name(let name): name.isEmpty ? "\"\"" : name.printable()
        }
    }

    private static func text(_ host: String, _ service: String) -> String {
        if service.isEmpty { return host.isEmpty ? "\"\"" : host }
        return host.contains(":") ? "[\(host)]:\(service)" : "\(host):\(service)"
    }
}

extension SocketError.Cause: CustomStringConvertible {
    /// What the underlying error says.
    public var description: String {
        switch self {
        case .resolution(let error): Self.text(error.description, error.cName)
        case .host(let error): Self.text(error.description, error.cName)
        case .address(let error): error.description
        case .option(let error): error.description
        case .control(let error): error.description
        }
    }

    private static func text(_ description: String, _ cName: String?) -> String {
        description + (cName.map { " (\($0))" } ?? "")
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
        case .blockingOnExecutor: "a blocking call on an executor would have to wait"
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
        case .unreadBytes: "received bytes are still to be read"
        case .hostCrashed: "the host has crashed"
        case .other: "error"
        }
    }
}
