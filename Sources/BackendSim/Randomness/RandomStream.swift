/// A stream of random numbers that a seed and a purpose decide: SplitMix64, eight bytes of state.
///
/// Whoever needs randomness has a stream of its own, so that one more or one fewer draw here shifts nothing elsewhere.
struct RandomStream {
    private var state: UInt64

    /// The stream of `seed` for one purpose, among the purposes of one owner.
    init(seed: UInt64, _ purpose: Purpose, _ owner: UInt64 = 0) {
        state = Self.mixed(seed ^ Self.mixed(purpose.rawValue &+ Self.mixed(owner)))
    }

    /// What draws.
    enum Purpose: UInt64 {
        case host = 1
        case latency, loss, burst, duplication, reordering, corruption, names, ports, delays, rules, buffers, unixNames,
            order, chaos
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.finalized(state)
    }

    /// A number in `0..<bound`, each as likely as any other but for one part in 2⁶⁴; 0 for a bound of 0.
    mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }

    /// A number in `0..<1`, a multiple of 2⁻⁵³.
    mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Whether an event of that probability happens. None that is impossible draws, so that a fault that is off shifts nothing.
    mutating func happens(_ probability: Double) -> Bool { probability > 0 && fraction() < probability }

    static func mixed(_ value: UInt64) -> UInt64 { finalized(value &+ 0x9E37_79B9_7F4A_7C15) }

    private static func finalized(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
