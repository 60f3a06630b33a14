/// An address that may be gone to, and the address of this host that would be used for it.
public struct DestinationCandidate: Hashable, Sendable {
    /// Where to.
    public var destination: IPAddress
    /// Where from; nil when no way leads there.
    public var source: IPAddress?

    /// A destination with its source.
    @inlinable public init(_ destination: IPAddress, from source: IPAddress?) {
        self.destination = destination
        self.source = source
    }
}

/// In which order to try several addresses of a peer: destination address selection, RFC 6724 section 6, with its policy table.
///
/// Of its rules those apply that addresses alone can answer: 1 (avoid unusable destinations), 2 (prefer matching scope), 5 (matching label), 6 (higher
/// precedence), 8 (smaller scope), 9 (longest matching prefix, of IPv6 only: of IPv4 it would undo the round robin of name servers), and 10 (leave
/// the rest as it is). The system's `/etc/gai.conf` is not read: who has a table of their own says so.
public struct AddressSelection: Hashable, Sendable {
    /// Precedences and labels.
    public var policy: AddressPolicy
    /// Whether rule 9 applies.
    public var comparesPrefixes: Bool

    /// Rules; those of the RFC unless said otherwise.
    public init(policy: AddressPolicy = .rfc6724, comparesPrefixes: Bool = true) {
        self.policy = policy
        self.comparesPrefixes = comparesPrefixes
    }

    /// The candidates, the one to be tried first in front.
    public func sorted(_ candidates: [DestinationCandidate]) -> [DestinationCandidate] {
        guard candidates.count > 1 else { return candidates }
        let ranked = candidates.enumerated().map { Rank($1, place: $0, by: self) }
        return ranked.sorted { $0.precedes($1) }.map(\.candidate)
    }
}

/// What the place of a candidate among others depends on.
private struct Rank {
    let candidate: DestinationCandidate
    private let place: Int
    private let scope: UInt8
    private let precedence: Int
    private let hasSameScope: Bool
    private let hasSameLabel: Bool
    /// How many leading bits of source and destination agree; zero where that does not count.
    private let prefix: Int

    init(_ candidate: DestinationCandidate, place: Int, by selection: AddressSelection) {
        self.candidate = candidate
        self.place = place
        let plain = candidate.destination.unmapped
        let source = candidate.source?.unmapped
        scope = plain.scope
        let row = selection.policy.row(of: plain)
        precedence = row.precedence
        hasSameScope = source?.scope == plain.scope
        hasSameLabel = source.map { selection.policy.row(of: $0).label } == row.label
        guard selection.comparesPrefixes, case .v6(let to, _) = plain, case .v6(let from, _)? = source else {
            prefix = 0
            return
        }
        // No further than a subnet's prefix: what follows names the host.
        prefix = min((to.rawValue ^ from.rawValue).leadingZeroBitCount, 64)
    }

    func precedes(_ other: Rank) -> Bool {
        let isUsable = candidate.source != nil
        if isUsable != (other.candidate.source != nil) { return isUsable }
        if isUsable {
            if hasSameScope != other.hasSameScope { return hasSameScope }
            if hasSameLabel != other.hasSameLabel { return hasSameLabel }
        }
        if precedence != other.precedence { return precedence > other.precedence }
        if scope != other.scope { return scope < other.scope }
        let bothSix = candidate.destination.family == other.candidate.destination.family
        if bothSix, prefix != other.prefix { return prefix > other.prefix }
        return place < other.place
    }
}

extension IPAddress {
    /// How far it means the same, as the scopes of multicast groups are numbered (RFC 4291, RFC 6724 section 3.1).
    fileprivate var scope: UInt8 {
        switch self {
        case .v4(let address): return address.isLoopback || address.isLinkLocal ? 2 : 14
        case .v6(let address, _):
            if let scope = address.multicastScope { return scope.rawValue }
            return address.isLinkLocal || address.isLoopback ? 2 : address.isSiteLocal ? 5 : 14
        }
    }
}
