/// Random numbers that the seed and the worker decide: SplitMix64.
struct SoakRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, phase: Int, worker: Int) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(truncatingIfNeeded: phase) << 32
        state &+= UInt64(truncatingIfNeeded: worker)
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
