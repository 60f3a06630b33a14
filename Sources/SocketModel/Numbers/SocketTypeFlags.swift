/// Flags or'ed into the type argument of `socket(2)` and `socketpair(2)`, and passed to `accept4(2)`.
///
/// Backends set them by themselves: every descriptor is close-on-exec, and the mode of a socket decides the other.
public struct SocketTypeFlags: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The bits Linux's headers give the flags.
    public let rawValue: Int32

    /// Any set of bits, also ones this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension SocketTypeFlags: SystemFlags, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("SOCK_NONBLOCK", .nonBlocking),
        ("SOCK_CLOEXEC", .closeOnExec),
    ]
}

extension SocketTypeFlags {
    /// Calls return instead of waiting: `SOCK_NONBLOCK`.
    @inlinable public static var nonBlocking: Self { Self(rawValue: 0x800) }

    /// The descriptor is closed when the process executes another program: `SOCK_CLOEXEC`.
    @inlinable public static var closeOnExec: Self { Self(rawValue: 0x80000) }
}
