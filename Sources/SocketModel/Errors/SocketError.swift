/// Why a socket call failed: what kind of failure, in which operation, concerning which address, and the system's number.
///
/// Every call of this package that can fail throws it and nothing else. Switch over ``code``; read ``description`` to people.
public struct SocketError: Error, Hashable, Sendable {
    /// The kind of failure.
    public var code: Code
    /// The operation that failed.
    public var operation: OperationName
    /// The address or name it concerned, where one was given.
    public var subject: Subject?
    /// The system's number (`errno`), when the system refused; nil when this package did.
    public var errno: Errno?
    /// The look-up's or the text's own error, when that was the reason.
    public var cause: Cause?
    /// What exactly was wrong, in words, where the rest leaves it open.
    public var detail: String?

    /// An error of `operation`.
    public init(
        _ code: Code, _ operation: OperationName, _ subject: Subject? = nil, errno: Errno? = nil, cause: Cause? = nil,
        detail: String? = nil
    ) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.errno = errno
        self.cause = cause
        self.detail = detail
    }

    /// What a backend reported, together with what only its caller knows.
    public init(_ failure: Failure, _ operation: OperationName, _ subject: Subject? = nil) {
        self.init(
            failure.code, operation, subject, errno: failure.errno, cause: failure.cause, detail: failure.detail)
    }
}

extension SocketError {
    /// What a failed call was about.
    public enum Subject: Hashable, Sendable {
        /// A socket address.
        case address(SocketAddress)
        /// A host and a service, neither looked up yet.
        case host(String, service: String)
        /// A name, a text or an option, as given.
        case name(String)
    }

    /// The error underneath.
    public enum Cause: Hashable, Sendable {
        /// `getaddrinfo` or `getnameinfo` failed.
        case resolution(ResolutionError)
        /// `gethostbyname` or `gethostbyaddr` failed.
        case host(HostError)
        /// A text is no address.
        case address(AddressError)
        /// A value does not fit its option.
        case option(OptionValueError)
        /// Control messages cannot be encoded.
        case control(ControlMessageError)
    }
}

extension SocketError.Cause {
    /// The kind of failure this cause makes.
    public var code: SocketError.Code {
        switch self {
        case .resolution, .host: .resolutionFailed
        case .address: .invalidAddress
        case .option, .control: .invalidArgument
        }
    }

    /// The system's number underneath, where there is one.
    public var errno: Errno? {
        if case .resolution(let error) = self { error.errno } else { nil }
    }
}
