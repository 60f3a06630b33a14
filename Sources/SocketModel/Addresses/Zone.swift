/// The zone of an IPv6 address (RFC 4007): the interface that a link-local address belongs to, `eth0` in `fe80::1%eth0`.
///
/// Names are as written; a backend looks up their index, `sin6_scope_id`, when it uses the address.
public enum Zone: Hashable, Sendable, BitwiseCopyable {
    /// The index of an interface. 0 is the default zone, the same to the kernel as no zone.
    case index(UInt32)

    /// The name of an interface.
    case name(InterfaceName)

    /// The zone of the interface with that name; throws an ``AddressError`` when no interface can have it.
    public init(name: String) throws(AddressError) {
        self = .name(try InterfaceName(parsing: name))
    }

    init(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TextFault) {
        for index in range where bytes[index] &- ASCII.zero > 9 {
            self = .name(try InterfaceName(bytes, in: range))
            return
        }
        self = .index(
            try parseDecimal(bytes, in: range, maximum: .max, missing: .invalidZone, tooLarge: .invalidZone))
    }
}

extension Zone: AddressText, CustomStringConvertible, Comparable {
    /// The index in decimal or the name, without a `%`.
    public var description: String {
        switch self {
        case .index(let index): String(index)
        case .name(let name): name.description
        }
    }

    /// Reads an index (digits) or a name (anything else), without a `%`.
    ///
    /// The `%25` of RFC 6874 is how URIs escape a `%`; here it is not undone.
    /// Throws an ``AddressError`` that says which byte is wrong.
    public init(parsing text: String) throws(AddressError) {
        self = try parse(text) { bytes, range throws(TextFault) in try Self(bytes, in: range) }
    }

    /// Orders indices before names, each among themselves.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.index(let left), .index(let right)): left < right
        case (.name(let left), .name(let right)): left < right
        case (.index, .name): true
        case (.name, .index): false
        }
    }
}
