extension SocketError {
    /// The kind of a failure: a closed set, which a caller can switch over, and ``other`` for the rest. The raw value is the case's name,
    /// for logs and metrics.
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        /// The socket, or the whole network, was closed; before the call or while it waited.
        case closed
        /// The call's task was cancelled.
        case cancelled
        /// The deadline passed, or the peer stopped answering (`ETIMEDOUT`).
        case timedOut
        /// It cannot be done at once, and waiting was forbidden (`EAGAIN`).
        case wouldBlock
        /// A blocking call would have had to wait on a network's executor, whose thread must not: call the form with `await`.
        case blockingOnExecutor
        /// A connect has begun and will end later (`EINPROGRESS`, `EALREADY`); or somebody is waiting already where one at a time may.
        case inProgress
        /// Another socket has this address (`EADDRINUSE`).
        case addressInUse
        /// This host has no such address (`EADDRNOTAVAIL`).
        case addressNotAvailable
        /// The socket is connected already (`EISCONN`).
        case alreadyConnected
        /// The socket is not connected, and no destination was given (`ENOTCONN`, `EDESTADDRREQ`).
        case notConnected
        /// Nobody listens there (`ECONNREFUSED`).
        case connectionRefused
        /// The peer ended the connection without ceremony (`ECONNRESET`).
        case connectionReset
        /// The connection was gone before it was taken (`ECONNABORTED`, `ENETRESET`).
        case connectionAborted
        /// The sending half is shut down, here or by the peer (`EPIPE`, `ESHUTDOWN`).
        case brokenPipe
        /// No way to that host (`EHOSTUNREACH`, `EHOSTDOWN`).
        case hostUnreachable
        /// No way to that network (`ENETUNREACH`, `ENETDOWN`).
        case networkUnreachable
        /// Not allowed (`EACCES`, `EPERM`).
        case permissionDenied
        /// More than one message may hold (`EMSGSIZE`).
        case messageTooLong
        /// This process, or this system, has no descriptor left (`EMFILE`, `ENFILE`, `ETOOMANYREFS`).
        case tooManyDescriptors
        /// This system has no memory or buffer left (`ENOMEM`, `ENOBUFS`, `EDQUOT`, `ENOSPC`).
        case outOfResources
        /// An argument no backend can use (`EINVAL`, `EDOM`, `ERANGE`, `EFAULT`).
        case invalidArgument
        /// A text that is no address, or an address that is none of this socket's kind.
        case invalidAddress
        /// The number is no open descriptor, or not a socket's (`EBADF`, `ENOTSOCK`).
        case badDescriptor
        /// This socket, this backend or this system cannot do that at all (`EOPNOTSUPP`, `EAFNOSUPPORT`, `ENOPROTOOPT`, …).
        case unsupported
        /// No such file, device or process (`ENOENT`, `ENODEV`, `ENXIO`, `ENOTDIR`, `ESRCH`).
        case notFound
        /// A name look-up failed; ``SocketError/cause`` says how.
        case resolutionFailed
        /// The stream ended before as much had come as was asked for.
        case endOfStream
        /// Received bytes wait in the socket, and what was asked for would lose them: receive them first.
        case unreadBytes
        /// The simulated host this call ran on has crashed.
        case hostCrashed
        /// Something else; ``SocketError/errno`` says what.
        case other
    }
}

extension SocketError.Code {
    /// The kind an error number belongs to.
    public init(_ errno: Errno) {
        self = Self.byErrno[errno] ?? .other
    }

    private static let byErrno: [Errno: SocketError.Code] = {
        var table: [Errno: SocketError.Code] = [:]
        for (code, numbers) in errnos { for number in numbers { table[number] = code } }
        return table
    }()

    private static let errnos: [(SocketError.Code, [Errno])] = [
        (.cancelled, [.canceled]),
        (.timedOut, [.timedOut, .timeout]),
        (.wouldBlock, [.resourceTemporarilyUnavailable]),
        (.inProgress, [.nowInProgress, .alreadyInProcess]),
        (.addressInUse, [.addressInUse]),
        (.addressNotAvailable, [.addressNotAvailable]),
        (.alreadyConnected, [.socketIsConnected]),
        (.notConnected, [.socketNotConnected, .addressRequired]),
        (.connectionRefused, [.connectionRefused]),
        (.connectionReset, [.connectionReset]),
        (.connectionAborted, [.connectionAbort, .networkReset]),
        (.brokenPipe, [.brokenPipe, .socketShutdown]),
        (.hostUnreachable, [.noRouteToHost, .hostIsDown]),
        (.networkUnreachable, [.networkUnreachable, .networkDown]),
        (.permissionDenied, [.permissionDenied, .notPermitted]),
        (.messageTooLong, [.messageTooLong]),
        (.tooManyDescriptors, [.tooManyOpenFiles, .tooManyOpenFilesInSystem, .tooManyReferences]),
        (.outOfResources, [.noMemory, .noBufferSpace, .diskQuotaExceeded, .noSpace]),
        (.invalidArgument, [.invalidArgument, .outOfDomain, .outOfRange, .badAddress]),
        (.badDescriptor, [.badFileDescriptor, .notSocket]),
        (
            .unsupported,
            [
                .notSupportedOnSocket, .addressFamilyNotSupported, .protocolNotSupported, .socketTypeNotSupported,
                .protocolNotAvailable, .protocolWrongTypeForSocket, .protocolFamilyNotSupported, .noFunction,
            ]
        ),
        (
            .notFound,
            [
                .noSuchFileOrDirectory, .operationNotSupportedByDevice, .noSuchAddressOrDevice, .notDirectory,
                .noSuchProcess,
            ]
        ),
    ]
}
