/// Why a socket call failed: what kind of failure, in which operation, concerning which address, and the system's number.
///
/// Every call of this package that can fail throws it and nothing else. Switch over ``code``; read ``description`` to people.
public struct SocketError: Error, Hashable, Sendable {
    private struct Fields: Hashable, Sendable {
        var code: Code
        var operation: OperationName
        var subject: Subject?
        var errno: Errno?
        var cause: Cause?
        var detail: String?
        var earlier: [SocketError] = []
    }

    /// Held indirectly: every call that may throw makes room for an error, an awaited one for as long as it is suspended.
    private indirect enum Storage: Hashable, Sendable {
        case fields(Fields)
    }

    private var storage: Storage

    private var fields: Fields {
        get {
            switch storage {
            case .fields(let fields): fields
            }
        }
        set { storage = .fields(newValue) }
    }

    /// An error of `operation`.
    public init(
        _ code: Code, _ operation: OperationName, _ subject: Subject? = nil, errno: Errno? = nil, cause: Cause? = nil,
        detail: String? = nil
    ) {
        storage = .fields(
            Fields(code: code, operation: operation, subject: subject, errno: errno, cause: cause, detail: detail))
    }

    /// What a backend reported, together with what only its caller knows.
    public init(_ failure: Failure, _ operation: OperationName, _ subject: Subject? = nil) {
        self.init(
            failure.code, operation, subject, errno: failure.errno, cause: failure.cause, detail: failure.detail)
    }
}

extension SocketError {
    /// The kind of failure.
    public var code: Code {
        get { fields.code }
        set { fields.code = newValue }
    }

    /// The operation that failed.
    public var operation: OperationName {
        get { fields.operation }
        set { fields.operation = newValue }
    }

    /// The address or name it concerned, where one was given; of a connection that broke, or whose peer let a call wait for too long, the
    /// peer's address, if it has one.
    public var subject: Subject? {
        get { fields.subject }
        set { fields.subject = newValue }
    }

    /// The system's number (`errno`), when the system refused; nil when this package did.
    public var errno: Errno? {
        get { fields.errno }
        set { fields.errno = newValue }
    }

    /// The look-up's or the text's own error, when that was the reason.
    public var cause: Cause? {
        get { fields.cause }
        set { fields.cause = newValue }
    }

    /// What exactly was wrong, in words, where the rest leaves it open.
    public var detail: String? {
        get { fields.detail }
        set { fields.detail = newValue }
    }

    /// Where a call tries several addresses, and this is the last one's error: what the attempts before have failed with, in the order in which they
    /// ended. Python's `create_connection` tells of them with `all_errors`.
    ///
    /// ```swift
    /// do {
    ///     _ = try network.connect(to: "example.org", port: 443)
    /// } catch {
    ///     for attempt in error.earlierAttempts + [error] { print(attempt.subject ?? .name("?"), attempt.code) }
    /// }
    /// ```
    public var earlierAttempts: [SocketError] {
        get { fields.earlier }
        set { fields.earlier = newValue }
    }

    /// The error of the last of several attempts, which tells of those before; nil where there was none.
    package init?(lastOf attempts: [SocketError]) {
        guard let last = attempts.last else { return nil }
        self = last
        earlierAttempts = attempts.dropLast()
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
