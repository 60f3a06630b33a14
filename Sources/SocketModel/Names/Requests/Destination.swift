/// An address that may be gone to, and what its place among others depends on (RFC 6724, with glibc's table).
package struct Destination {
    private let address: IPAddress
    private let place: Int
    private let scope: UInt8
    private let precedence: Int
    /// Nil if it cannot be reached.
    private let source: Source?

    private struct Source {
        let hasSameScope: Bool
        let hasSameLabel: Bool
        let commonPrefix: Int
    }

    private init(_ address: IPAddress, place: Int, from source: IPAddress?) {
        self.address = address
        self.place = place
        let plain = address.unmapped
        scope = plain.scope
        precedence = plain.policy.precedence
        guard let own = source?.unmapped else {
            self.source = nil
            return
        }
        self.source = Source(
            hasSameScope: own.scope == plain.scope, hasSameLabel: own.policy.label == plain.policy.label,
            commonPrefix: own.commonPrefix(with: plain))
    }

    /// The order in which to try them.
    ///
    /// - Parameters:
    ///   - sources: From where each would be reached; nil for one that cannot be.
    ///   - prefixes: Whether, of IPv6 addresses that are alike in all else, the one nearest to its source comes first.
    package static func sorted(
        _ addresses: [IPAddress], sources: [IPAddress?], prefixes: Bool
    ) -> [IPAddress] {
        guard addresses.count > 1 else { return addresses }
        let destinations = zip(addresses, sources).enumerated().map { Destination($1.0, place: $0, from: $1.1) }
        return destinations.sorted { $0.precedes($1, prefixes) }.map(\.address)
    }

    private func precedes(_ other: Destination, _ prefixes: Bool) -> Bool {
        if (source == nil) != (other.source == nil) { return source != nil }
        if let source, let others = other.source {
            if source.hasSameScope != others.hasSameScope { return source.hasSameScope }
            if source.hasSameLabel != others.hasSameLabel { return source.hasSameLabel }
        }
        if precedence != other.precedence { return precedence > other.precedence }
        if scope != other.scope { return scope < other.scope }
        if prefixes, address.family == .ipv6, other.address.family == .ipv6, let source, let others = other.source,
            source.commonPrefix != others.commonPrefix
        {
            return source.commonPrefix > others.commonPrefix
        }
        return place < other.place
    }
}

extension IPAddress {
    /// How far it means the same, as the scopes of multicast groups are numbered.
    fileprivate var scope: UInt8 {
        switch self {
        case .v4(let address): return address.isLoopback || address.isLinkLocal ? 2 : 14
        case .v6(let address, _):
            if let scope = address.multicastScope { return scope.rawValue }
            return address.isLinkLocal || address.isLoopback ? 2 : address.isSiteLocal ? 5 : 14
        }
    }

    /// How many bits are the same from the first on, of 64 at most: what follows tells hosts of a network apart (RFC 6724, section 2.2).
    fileprivate func commonPrefix(with other: IPAddress) -> Int {
        guard case .v6(let one, _) = self, case .v6(let two, _) = other else { return 0 }
        return (one.high ^ two.high).leadingZeroBitCount
    }

    /// The line of the policy table that it falls under.
    fileprivate var policy: (label: Int, precedence: Int) {
        guard case .v6(let address, _) = self else { return (4, 10) }
        if address.isLoopback { return (0, 50) }
        if address.isV4Mapped { return (4, 10) }
        if address.high == 0, address.low >> 32 == 0 { return (3, 20) }
        if address.high >> 48 == 0x2002 { return (2, 30) }
        if address.isSiteLocal { return (5, 40) }
        if address.isUniqueLocal { return (6, 40) }
        return (address.high >> 32 == 0x2001_0000 ? 7 : 1, 40)
    }
}
