/// Four bytes of text looked at in one word, the first in its lowest byte: the digits of an address without a branch
/// for each of them, which is what makes parsing slow (their number and kind are as good as random).
struct WordScan {
    private let word: UInt32

    /// The four bytes from the index on, zeros for those behind the end of the range that is read.
    @inline(__always) init(_ bytes: Span<UInt8>, at index: Int, end: Int) {
        if index &+ 4 <= end {
            word = unsafe UInt32(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self))
        } else if end >= 4 && index < end {
            let last = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: end &- 4, as: UInt32.self)
            word = UInt32(littleEndian: last) &>> UInt32(truncatingIfNeeded: (4 &- (end &- index)) &* 8)
        } else {
            word = Self.gather(bytes, at: index, end: end)
        }
    }

    private static func gather(_ bytes: Span<UInt8>, at index: Int, end: Int) -> UInt32 {
        var word: UInt32 = 0
        for place in index..<max(index, min(end, index &+ 4)) {
            word |= UInt32(bytes[place]) << UInt32(truncatingIfNeeded: (place &- index) &* 8)
        }
        return word
    }

    /// The highest bit of each byte that lies in a range of ASCII: `first` up to the byte before `end`.
    @inline(__always) private static func inRange(_ word: UInt32, _ first: UInt32, _ end: UInt32) -> UInt32 {
        let low = word & 0x7f7f_7f7f
        return (low &+ (0x80 &- first) &* 0x0101_0101) & ~(low &+ (0x80 &- end) &* 0x0101_0101)
    }

    /// The number of bytes, 0...4, before the first whose highest bit is not set here.
    @inline(__always) private func run(_ marks: UInt32) -> Int {
        (~(marks & ~word) & 0x8080_8080).trailingZeroBitCount &>> 3
    }

    /// The hexadecimal digits at the start: how many, 0...4, and the number that they make.
    @inline(__always) var hexadecimal: (digits: Int, value: UInt32) {
        let letters = Self.inRange(word | 0x2020_2020, 0x61, 0x67)
        let digits = run(letters | Self.inRange(word, 0x30, 0x3a))
        var number = ((word & 0x0f0f_0f0f) &+ (letters >> 7 & 0x0101_0101) &* 9).byteSwapped
        number = (number | number >> 4) & 0x00ff_00ff
        number = (number | number >> 8) & 0xffff
        return (digits, number &>> UInt32(truncatingIfNeeded: (4 &- digits) &* 4))
    }
}
