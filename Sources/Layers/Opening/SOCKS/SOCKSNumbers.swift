/// What a SOCKS proxy is asked for: CMD of RFC 1928 section 4.
public struct SOCKSCommand: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public let rawValue: UInt8

    /// Names any number.
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A connection to an address.
    @inlinable public static var connect: Self { Self(rawValue: 1) }
    /// To take one connection at an address that the proxy chooses.
    @inlinable public static var bind: Self { Self(rawValue: 2) }
    /// A relay of datagrams, for as long as this connection lasts.
    @inlinable public static var associate: Self { Self(rawValue: 3) }
}

/// What a SOCKS proxy answers: REP of RFC 1928 section 6.
public struct SOCKSReply: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public let rawValue: UInt8

    /// Names any number.
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It is done.
    @inlinable public static var succeeded: Self { Self(rawValue: 0) }
    /// The proxy itself has failed.
    @inlinable public static var generalFailure: Self { Self(rawValue: 1) }
    /// The proxy's rules forbid it.
    @inlinable public static var notAllowed: Self { Self(rawValue: 2) }
    /// No way leads to the network.
    @inlinable public static var networkUnreachable: Self { Self(rawValue: 3) }
    /// The host does not answer, or has no address.
    @inlinable public static var hostUnreachable: Self { Self(rawValue: 4) }
    /// The host has refused.
    @inlinable public static var connectionRefused: Self { Self(rawValue: 5) }
    /// The packets have not lived long enough.
    @inlinable public static var timeToLiveExpired: Self { Self(rawValue: 6) }
    /// The proxy does not know the command.
    @inlinable public static var commandNotSupported: Self { Self(rawValue: 7) }
    /// The proxy does not know that kind of address.
    @inlinable public static var addressNotSupported: Self { Self(rawValue: 8) }
}

extension SOCKSReply: CustomStringConvertible {
    private static let texts = [
        "succeeded", "general failure", "not allowed by the proxy's rules", "network unreachable", "host unreachable",
        "connection refused", "time to live expired", "command not supported", "kind of address not supported",
    ]

    /// What it says, in words.
    public var description: String {
        Int(rawValue) < Self.texts.count ? Self.texts[Int(rawValue)] : "reply \(rawValue)"
    }
}

/// A user's name and password for a proxy (RFC 1929). They travel in the clear.
public struct SOCKSCredentials: Hashable, Sendable {
    /// 1...255 bytes of UTF-8.
    public var user: String
    /// 1...255 bytes of UTF-8.
    public var password: String

    /// A name and a password.
    @inlinable public init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

extension SOCKSCredentials {
    var isValid: Bool { (1...255).contains(user.utf8.count) && (1...255).contains(password.utf8.count) }

    /// The message of RFC 1929 section 2.
    var encoded: [UInt8] {
        let (user, password) = (Array(user.utf8), Array(password.utf8))
        return [1, UInt8(truncatingIfNeeded: user.count)] + user + [UInt8(truncatingIfNeeded: password.count)]
            + password
    }
}

/// Why an opening by SOCKS has failed.
public enum SOCKSError: Error, Hashable, Sendable {
    /// The peer speaks another version, of the protocol or of its authentication; its number.
    case version(UInt8)
    /// The peer offers, or demands, no way of authenticating that is known here.
    case noAcceptableMethod
    /// The user's name or password was refused.
    case authenticationFailed
    /// The proxy refused the request.
    case refused(SOCKSReply)
    /// The peer breaks the protocol: how.
    case malformed(String)
    /// The peer has ended in the middle.
    case truncated
    /// What was to be sent cannot be: a name or password that is empty, or of more than 255 bytes.
    case invalidArgument(String)
}

extension SOCKSError: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        switch self {
        case .version(let number): "the peer speaks version \(number) of SOCKS, not 5"
        case .noAcceptableMethod: "the proxy and its client know no common way to authenticate"
        case .authenticationFailed: "the proxy refused the user's name or password"
        case .refused(let reply): "the proxy refused: \(reply)"
        case .malformed(let what): "not SOCKS: \(what)"
        case .truncated: "the peer ended in the middle of the opening"
        case .invalidArgument(let what): what
        }
    }
}
