internal import SocketModel

extension UInt16 {
    /// The two octets in network order.
    var octets: [UInt8] { [UInt8(self >> 8), UInt8(truncatingIfNeeded: self)] }

    /// The number of two octets in network order.
    init(_ high: UInt8, _ low: UInt8) { self = UInt16(high) << 8 | UInt16(low) }
}

extension IPAddress {
    /// The 4 or 16 octets in network order; a zone is not part of them.
    var octets: [UInt8] {
        switch self {
        case .v4(let address):
            let octets = address.octets
            return octets.indices.map { octets[$0] }
        case .v6(let address, _):
            let octets = address.octets
            return octets.indices.map { octets[$0] }
        }
    }

    /// The address of 4 or 16 octets in network order; nil for any other number.
    init?(octets: some Collection<UInt8>) {
        switch octets.count {
        case 4: self = .v4(IPv4Address(rawValue: octets.reduce(0) { $0 << 8 | UInt32($1) }))
        case 16: self = .v6(IPv6Address(rawValue: octets.reduce(0) { $0 << 8 | UInt128($1) }), zone: nil)
        default: return nil
        }
    }
}
