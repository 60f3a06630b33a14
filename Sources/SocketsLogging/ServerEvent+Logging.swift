#if Logging
    internal import Logging
    internal import Sockets

    extension ServerEvent {
        /// What is in the day's work is for who debugs; what the network does to a handler, and what keeps peers waiting, is a warning; an
        /// error that is not the network's is the handler's own.
        var logLevel: Logger.Level {
            switch self {
            case .accepted, .ended, .cancelled: .debug
            case .failed(_, let error): (error as? any TransportError)?.socketError == nil ? .error : .warning
            case .acceptFailed, .paused: .warning
            case .resumed, .stopping: .info
            }
        }

        var logMessage: String {
            switch self {
            case .accepted: "connection accepted"
            case .ended: "connection ended"
            case .failed: "connection failed"
            case .cancelled: "connection cancelled"
            case .acceptFailed: "a connection could not be accepted"
            case .paused(.connectionLimit): "accepting pauses: as many connections as allowed"
            case .paused(.exhausted): "accepting pauses: the system lacks descriptors or memory"
            case .resumed: "accepting goes on"
            case .stopping: "accepting ends"
            }
        }

        var logMetadata: Logger.Metadata {
            switch self {
            case .accepted(let connection): connection.logMetadata
            case .ended(let connection), .cancelled(let connection): connection.lastMetadata
            case .failed(let connection, let error):
                connection.lastMetadata.merging(error.logMetadata) { first, _ in first }
            case .acceptFailed(let error), .paused(.exhausted(let error)): error.logMetadata
            case .paused(.connectionLimit), .resumed, .stopping: [:]
            }
        }
    }

    extension ServerConnection {
        fileprivate var logMetadata: Logger.Metadata {
            var metadata: Logger.Metadata = ["connection": .stringConvertible(number)]
            if !peer.isUnspecified { metadata["peer"] = .stringConvertible(peer) }
            return metadata
        }

        /// At its end it is known how long it was there.
        fileprivate var lastMetadata: Logger.Metadata {
            var metadata = logMetadata
            metadata["duration"] = .stringConvertible(age)
            return metadata
        }
    }

    extension Error {
        fileprivate var logMetadata: Logger.Metadata {
            var metadata: Logger.Metadata = ["error": .string("\(self)")]
            guard let error = (self as? any TransportError)?.socketError else { return metadata }
            metadata["error.code"] = .string(error.code.rawValue)
            metadata["error.operation"] = .string(error.operation.rawValue)
            if let errno = error.errno { metadata["error.errno"] = .string(errno.cName ?? "\(errno.rawValue)") }
            return metadata
        }
    }
#endif
