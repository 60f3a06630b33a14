/// A system call's error number: `errno`.
///
/// The constants are Linux's, under the names swift-system's `Errno` gives them where it has one.
/// Compare with ``resourceTemporarilyUnavailable`` or ``wouldBlock`` as you like: `EAGAIN` and `EWOULDBLOCK` are one
/// number here, as are `EOPNOTSUPP` and `ENOTSUP`, and `EDEADLK` and `EDEADLOCK`.
public struct Errno: RawRepresentable, Error, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The number Linux's headers give it.
    public let rawValue: Int32

    /// Names any number, also one this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension Errno: SystemNumber {
    /// Every errno of Linux; the aliases come last.
    public static var allNamed: [(cName: String, value: Errno)] {
        entries.map { ($0.cName, $0.value) } + aliases
    }

    /// The C name, such as `ECONNREFUSED`; `nil` when the headers give the number none.
    ///
    /// Of two names that share a number, the one the headers define the other by: `EAGAIN`, `EDEADLK`, `EOPNOTSUPP`.
    public var cName: String? { entry?.cName }

    private var entry: (value: Errno, cName: String, text: String)? {
        Errno.entries.first { $0.value == self }
    }
}

extension Errno: CustomStringConvertible {
    /// What `strerror(3)` says in English, such as "Connection refused"; "Unknown error 999" for a number without
    /// a name. It does not depend on the locale.
    public var description: String {
        if rawValue == 0 { return "Success" }
        return entry?.text ?? "Unknown error \(rawValue)"
    }
}
