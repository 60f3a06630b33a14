/// Numbers of one to ten bytes: LEB128, as protobuf's and DWARF's unsigned ones. Each byte has seven bits, the least significant first, and says
/// with the eighth whether another follows.
public enum Varint {
    /// The most bytes of a number.
    public static let maximumSize = 10

    /// What bytes begin with.
    public enum Reading: Hashable, Sendable {
        /// A number, and how many bytes it has.
        case number(UInt64, size: Int)
        /// A number of which more bytes must come.
        case incomplete
        /// Ten bytes that do not end a number, or one of more than 64 bits.
        case malformed
    }

    /// Reads a number at the beginning of bytes.
    public static func read(_ bytes: Span<UInt8>) -> Reading {
        var number: UInt64 = 0
        for index in 0..<min(bytes.count, maximumSize) {
            let byte = bytes[index]
            number |= UInt64(byte & 0x7F) &<< (7 &* index)
            guard byte < 0x80 else { continue }
            return index == maximumSize - 1 && byte > 1 ? .malformed : .number(number, size: index + 1)
        }
        return bytes.count < maximumSize ? .incomplete : .malformed
    }

    /// Adds a number, in as few bytes as it needs.
    public static func append(_ number: UInt64, to output: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(truncatingIfNeeded: rest))
    }

    /// How many bytes a number needs.
    public static func size(of number: UInt64) -> Int { max(1, (UInt64.bitWidth - number.leadingZeroBitCount + 6) / 7) }
}
