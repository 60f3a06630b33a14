import SocketModel

/// Addresses that both sides print and read.
struct Samples {
    let ipv4: [IPv4Address]
    let ipv6: [IPv6Address]

    static let count = 4096

    /// Many addresses of the shapes that programs meet, in an order that no branch predictor learns.
    init() {
        var random = SplitMix64(state: 42)
        ipv4 = (0..<Self.count).map { _ in IPv4Address(rawValue: UInt32(truncatingIfNeeded: random.next())) }
        ipv6 = (0..<Self.count).map { Self.ipv6(shape: $0 % 4, &random) }
    }

    /// One address again and again, which the branch predictor learns by heart.
    init(_ ipv4: IPv4Address, _ ipv6: IPv6Address) {
        self.ipv4 = [IPv4Address](repeating: ipv4, count: Self.count)
        self.ipv6 = [IPv6Address](repeating: ipv6, count: Self.count)
    }

    private static func ipv6(shape: Int, _ random: inout SplitMix64) -> IPv6Address {
        let high = random.next()
        let low = random.next()
        return switch shape {
        case 0: IPv6Address(high: high, low: low)
        case 1: IPv6Address(high: 0x2001_0db8 << 32 | (high >> 48) << 16, low: low >> 48)
        case 2: IPv6Address(high: 0xfe80 << 48, low: low)
        default: IPv6Address(high: 0x2a00_1450 << 32 | high >> 32, low: low >> 32)
        }
    }
}

struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}
