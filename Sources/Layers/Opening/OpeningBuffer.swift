internal import SocketModel

/// What an opening has received and not read yet. Openings are short, so nothing is spared here.
struct OpeningBuffer: Hashable, Sendable {
    /// The most that may be there before the opening is over: its longest message, and what a peer sends behind it with the same segment.
    private static let limit = 131_072

    var isOverflowing: Bool { bytes.count > Self.limit }

    private(set) var bytes: [UInt8] = []
    private(set) var hasEnded = false

    mutating func append(_ input: consuming StreamInput) {
        switch input {
        case .received(let chunk): bytes += chunk
        case .ended: hasEnded = true
        }
    }

    /// The first `count` bytes, which are there no more; nil, and nothing has happened, if there are fewer.
    mutating func take(_ count: Int) -> [UInt8]? {
        guard bytes.count >= count else { return nil }
        defer { bytes.removeFirst(count) }
        return Array(bytes[..<count])
    }

    /// All there is; nil for nothing.
    mutating func takeAll() -> Chunk? {
        defer { bytes = [] }
        return bytes.isEmpty ? nil : Chunk(bytes)
    }
}

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
