/// The policy table of address selection: which prefixes are preferred, and which belong together. RFC 6724 section 2.1.
public struct AddressPolicy: Hashable, Sendable {
    /// One line of the table.
    public struct Row: Hashable, Sendable {
        /// The destinations and sources it is about.
        public var prefix: IPPrefix
        /// Of two destinations the one with the higher precedence is preferred.
        public var precedence: Int
        /// A destination whose source has the same label is preferred.
        public var label: Int

        /// A line.
        @inlinable public init(_ prefix: IPPrefix, precedence: Int, label: Int) {
            self.prefix = prefix
            self.precedence = precedence
            self.label = label
        }
    }

    /// The lines, IPv4 as `::ffff:0:0/96`; of several that fit, the one with the longest prefix holds. An address that none fits has precedence and
    /// label zero.
    public var rows: [Row]

    /// A table.
    @inlinable public init(_ rows: [Row]) { self.rows = rows }

    /// The RFC's own table: unique local addresses come after IPv4.
    public static let rfc6724 = AddressPolicy([
        row(0, 0, 1, length: 128, precedence: 50, label: 0),
        row(0, 0, 0, length: 0, precedence: 40, label: 1),
        row(0, 0xffff, 0, length: 96, precedence: 35, label: 4),
        row(0x2002 << 48, 0, 0, length: 16, precedence: 30, label: 2),
        row(0x2001 << 48, 0, 0, length: 32, precedence: 5, label: 5),
        row(0xfc00 << 48, 0, 0, length: 7, precedence: 3, label: 13),
        row(0, 0, 0, length: 96, precedence: 1, label: 3),
        row(0xfec0 << 48, 0, 0, length: 10, precedence: 1, label: 11),
        row(0x3ffe << 48, 0, 0, length: 16, precedence: 1, label: 12),
    ])

    /// What `getaddrinfo(3)` of glibc does unless `/etc/gai.conf` says otherwise: all of IPv6 comes before IPv4.
    public static let glibc = AddressPolicy([
        row(0, 0, 1, length: 128, precedence: 50, label: 0),
        row(0, 0, 0, length: 0, precedence: 40, label: 1),
        row(0x2002 << 48, 0, 0, length: 16, precedence: 30, label: 2),
        row(0, 0, 0, length: 96, precedence: 20, label: 3),
        row(0, 0xffff, 0, length: 96, precedence: 10, label: 4),
        row(0xfec0 << 48, 0, 0, length: 10, precedence: 40, label: 5),
        row(0xfc00 << 48, 0, 0, length: 7, precedence: 40, label: 6),
        row(0x2001 << 48, 0, 0, length: 32, precedence: 40, label: 7),
    ])

    /// The line that holds for an address.
    public func row(of address: IPAddress) -> Row {
        let mapped = address.mapped
        let fitting = rows.filter { $0.prefix.contains(mapped) }
        return fitting.max { $0.prefix.length < $1.prefix.length } ?? Row(IPPrefix(mapped), precedence: 0, label: 0)
    }

    private static func row(
        _ high: UInt64, _ middle: UInt64, _ low: UInt64, length: Int, precedence: Int, label: Int
    ) -> Row {
        let address = IPv6Address(high: high, low: middle << 32 | low)
        return Row(IPPrefix(clearing: .v6(address, zone: nil), length: length), precedence: precedence, label: label)
    }
}
