/// Input bytes as a script of choices: when they are used up, every choice is 0.
struct Script {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isOver: Bool { rest.isEmpty }

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// One of `count` choices, up to 256.
    mutating func pick(_ count: Int) -> Int { Int(byte()) % count }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number {
        var value: Number = 0
        for _ in 0..<Number.bitWidth / 8 { value = value << 8 | Number(truncatingIfNeeded: byte()) }
        return value
    }

    /// So many bytes, or as many as are left.
    mutating func bytes(_ count: Int) -> [UInt8] {
        let taken = rest.prefix(count)
        rest = rest.dropFirst(taken.count)
        return Array(taken)
    }

    /// All that is left.
    mutating func all() -> [UInt8] { bytes(.max) }
}
