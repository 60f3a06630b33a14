internal import SocketModel

/// What a server makes of an accept that failed.
enum AcceptFailure {
    /// One connection was gone before it was taken, or was not allowed: the next may do.
    case skip
    /// The system lacks something, or nobody knows what happened: later it may do.
    case pause
    /// The server was called while it waited.
    case retry
    /// The listener was closed, or its host is gone.
    case stop
    /// The listener can accept nothing, now or ever.
    case end

    /// So many in a row are no longer the failures of connections that were gone: something forbids all of them.
    private static let longestRow = 16

    /// - Parameter skipped: How many were skipped since the last connection.
    init(_ error: SocketError, after skipped: Int) {
        self.init(of: error)
        if self == .skip, skipped >= Self.longestRow { self = .pause }
    }

    private init(of error: SocketError) {
        self =
            switch error.code {
            case .closed, .hostCrashed: .stop
            case .cancelled: .retry
            case .invalidArgument, .badDescriptor: .end
            // Linux hands on errors of the new connection's network, among them one that also means "no listener".
            case .unsupported: error.errno == .protocolNotAvailable ? .skip : .end
            case .connectionAborted, .connectionReset, .permissionDenied, .hostUnreachable, .networkUnreachable,
                .timedOut:
                .skip
            default: error.errno == .protocolError ? .skip : .pause
            }
    }
}
