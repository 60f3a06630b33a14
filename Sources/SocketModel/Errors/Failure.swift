/// Why a backend could not do what an operation asks; the face adds which operation and which address, and throws ``SocketError``.
public struct Failure: Error, Hashable, Sendable {
    /// The kind of failure.
    public var code: SocketError.Code
    /// The system's number, when the system refused.
    public var errno: Errno?
    /// The error of a name look-up or of a text, when that was the reason.
    public var cause: SocketError.Cause?
    /// What exactly was wrong, in words, where code and cause leave it open.
    public var detail: String?

    /// A failure found by this package, not reported by the system.
    public init(_ code: SocketError.Code, detail: String? = nil) {
        self.code = code
        self.detail = detail
    }

    /// What the system reported.
    public init(errno: Errno) {
        self.code = SocketError.Code(errno)
        self.errno = errno
    }

    /// A failed name look-up, or an unusable text or value.
    public init(cause: SocketError.Cause) {
        self.code = cause.code
        self.errno = cause.errno
        self.cause = cause
    }
}
