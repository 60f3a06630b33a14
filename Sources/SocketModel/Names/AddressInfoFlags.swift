/// Flags of an address look-up: `AI_*`, `hints.ai_flags` of `getaddrinfo(3)`.
public struct AddressInfoFlags: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The bits Linux's headers give the flags.
    public let rawValue: Int32

    /// Any set of bits, also ones this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension AddressInfoFlags: SystemFlags, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("AI_PASSIVE", .passive),
        ("AI_CANONNAME", .canonicalName),
        ("AI_NUMERICHOST", .numericHost),
        ("AI_V4MAPPED", .ipv4Mapped),
        ("AI_ALL", .all),
        ("AI_ADDRCONFIG", .configuredFamiliesOnly),
        ("AI_IDN", .internationalName),
        ("AI_CANONIDN", .canonicalInternationalName),
        ("AI_IDN_ALLOW_UNASSIGNED", .idnAllowUnassigned),
        ("AI_IDN_USE_STD3_ASCII_RULES", .idnUseSTD3ASCIIRules),
        ("AI_NUMERICSERV", .numericService),
    ]
}

extension AddressInfoFlags {
    /// Addresses to bind to: no host means any address: `AI_PASSIVE`.
    @inlinable public static var passive: Self { Self(rawValue: 0x1) }

    /// Also ask for the canonical name: `AI_CANONNAME`.
    @inlinable public static var canonicalName: Self { Self(rawValue: 0x2) }

    /// The host is an address; ask no resolver: `AI_NUMERICHOST`.
    @inlinable public static var numericHost: Self { Self(rawValue: 0x4) }

    /// Asked for IPv6 and none found: IPv4 addresses mapped into IPv6: `AI_V4MAPPED`.
    @inlinable public static var ipv4Mapped: Self { Self(rawValue: 0x8) }

    /// With ``ipv4Mapped``: IPv6 and mapped IPv4 addresses: `AI_ALL`.
    @inlinable public static var all: Self { Self(rawValue: 0x10) }

    /// Only families this machine has an address of: `AI_ADDRCONFIG`.
    @inlinable public static var configuredFamiliesOnly: Self { Self(rawValue: 0x20) }

    /// Encode an international host name before the look-up: `AI_IDN`. The C library does so where libidn2 is installed; elsewhere, by the
    /// resolver of this package and in a simulation such a name fails with ``ResolutionError/Code/idnEncoding``.
    @inlinable public static var internationalName: Self { Self(rawValue: 0x40) }

    /// Decode the canonical name from its encoded form: `AI_CANONIDN`.
    @inlinable public static var canonicalInternationalName: Self { Self(rawValue: 0x80) }

    /// Deprecated in glibc 2.28, which ignores it: `AI_IDN_ALLOW_UNASSIGNED`.
    @inlinable public static var idnAllowUnassigned: Self { Self(rawValue: 0x100) }

    /// Deprecated in glibc 2.28, which ignores it: `AI_IDN_USE_STD3_ASCII_RULES`.
    @inlinable public static var idnUseSTD3ASCIIRules: Self { Self(rawValue: 0x200) }

    /// The service is a port number; read no database: `AI_NUMERICSERV`.
    @inlinable public static var numericService: Self { Self(rawValue: 0x400) }
}
