/// Flags of a name look-up: `NI_*`, the last argument of `getnameinfo(3)`.
public struct NameInfoFlags: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The bits Linux's headers give the flags.
    public let rawValue: Int32

    /// Any set of bits, also ones this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension NameInfoFlags: SystemFlags, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("NI_NUMERICHOST", .numericHost),
        ("NI_NUMERICSERV", .numericService),
        ("NI_NOFQDN", .localNameOnly),
        ("NI_NAMEREQD", .nameRequired),
        ("NI_DGRAM", .datagram),
        ("NI_IDN", .internationalName),
        ("NI_IDN_ALLOW_UNASSIGNED", .idnAllowUnassigned),
        ("NI_IDN_USE_STD3_ASCII_RULES", .idnUseSTD3ASCIIRules),
    ]
}

extension NameInfoFlags {
    /// The host as an address; ask no resolver: `NI_NUMERICHOST`.
    @inlinable public static var numericHost: Self { Self(rawValue: 0x1) }

    /// The service as a port number: `NI_NUMERICSERV`.
    @inlinable public static var numericService: Self { Self(rawValue: 0x2) }

    /// Of hosts in the own domain only the first label: `NI_NOFQDN`.
    @inlinable public static var localNameOnly: Self { Self(rawValue: 0x4) }

    /// Fail when the host has no name: `NI_NAMEREQD`.
    @inlinable public static var nameRequired: Self { Self(rawValue: 0x8) }

    /// The service is a datagram service: `NI_DGRAM`.
    @inlinable public static var datagram: Self { Self(rawValue: 0x10) }

    /// Decode an international host name: `NI_IDN`.
    @inlinable public static var internationalName: Self { Self(rawValue: 0x20) }

    /// Deprecated in glibc 2.28, which ignores it: `NI_IDN_ALLOW_UNASSIGNED`.
    @inlinable public static var idnAllowUnassigned: Self { Self(rawValue: 0x40) }

    /// Deprecated in glibc 2.28, which ignores it: `NI_IDN_USE_STD3_ASCII_RULES`.
    @inlinable public static var idnUseSTD3ASCIIRules: Self { Self(rawValue: 0x80) }
}
