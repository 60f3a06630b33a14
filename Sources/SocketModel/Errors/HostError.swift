/// Why a host was not found: `h_errno`, what the older `gethostbyname(3)` family reports.
public struct HostError: Error, Hashable, Sendable, Codable {
    /// The reason.
    public let code: Code

    /// The system call error behind ``Code/internalError``; `nil` for every other reason, or when it is not known.
    public let errno: Errno?

    private enum CodingKeys: CodingKey {
        case code
        case errno
    }

    /// An error with that reason. The errno is kept only for ``Code/internalError``: otherwise it means nothing.
    public init(_ code: Code, errno: Errno? = nil) {
        self.code = code
        self.errno = code == .internalError ? errno : nil
    }

    /// The error for a number that libc left in `h_errno`, and the errno it left behind.
    public init(rawValue: Int32, errno: Errno? = nil) {
        self.init(Code(rawValue: rawValue), errno: errno)
    }

    /// Reads what encoding wrote, and drops an errno that does not belong.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let code = try values.decode(Code.self, forKey: .code)
        self.init(code, errno: try values.decodeIfPresent(Errno.self, forKey: .errno))
    }

    /// The number libc uses, such as 1 for `HOST_NOT_FOUND`.
    public var rawValue: Int32 { code.rawValue }

    /// The C name, such as `HOST_NOT_FOUND`; `nil` when the headers give the number none.
    public var cName: String? { code.cName }
}

extension HostError: CustomStringConvertible {
    /// The text of ``code``, and after a colon that of ``errno`` when there is one.
    public var description: String {
        guard let errno else { return code.description }
        return "\(code): \(errno)"
    }
}
