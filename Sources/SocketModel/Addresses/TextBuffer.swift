/// Text of at most 64 ASCII bytes that is being put together: printing an address needs no memory but this until its
/// length is known, so that short ones become strings without a heap allocation.
struct TextBuffer {
    /// The longest: 45 bytes of IPv6, 16 of zone, 8 of port and brackets would be 69, so zones and flow information
    /// are added to the string and not here.
    static let capacity = 64

    private var bytes = [64 of UInt8](repeating: 0)
    private(set) var count = 0

    /// Appends the lowest `length` bytes of a word, lowest first; `length` is 0...4.
    @inline(__always) mutating func append(word: UInt32, length: Int) {
        guard count <= Self.capacity &- 4 else { return }
        let place = count
        unsafe bytes[unchecked: place] = UInt8(truncatingIfNeeded: word)
        unsafe bytes[unchecked: place &+ 1] = UInt8(truncatingIfNeeded: word >> 8)
        unsafe bytes[unchecked: place &+ 2] = UInt8(truncatingIfNeeded: word >> 16)
        unsafe bytes[unchecked: place &+ 3] = UInt8(truncatingIfNeeded: word >> 24)
        count = place &+ length
    }

    @inline(__always) mutating func append(_ byte: UInt8) {
        append(word: UInt32(byte), length: 1)
    }

    /// Appends a number 0...255 in decimal and the byte that follows it.
    @inline(__always) mutating func append(decimal number: UInt8, then byte: UInt8) {
        let value = UInt32(number)
        let hundreds = value / 100
        let tens = value / 10 - hundreds * 10
        let ones = value - value / 10 * 10
        let digits = (hundreds | tens << 8 | ones << 16) + 0x30_3030 | UInt32(byte) << 24
        let skipped: UInt32 = value >= 100 ? 0 : value >= 10 ? 1 : 2
        append(word: digits >> (skipped &* 8), length: Int(4 &- skipped))
    }

    /// Appends a number 0...65535 in hexadecimal, lower case, without leading zeros.
    @inline(__always) mutating func append(hexadecimal number: UInt16) {
        var spread = UInt32(number.byteSwapped)
        spread = (spread | spread << 8) & 0x00ff_00ff
        // Each byte of the number is now in a half word of its own; its high nibble is printed first.
        spread = (spread >> 4 | spread << 8) & 0x0f0f_0f0f
        let letters = (spread &+ 0x0606_0606) >> 4 & 0x0101_0101
        let digits = spread &+ 0x3030_3030 &+ letters &* 39
        let skipped = min(number.leadingZeroBitCount >> 2, 3)
        append(word: digits >> UInt32(truncatingIfNeeded: skipped &* 8), length: 4 &- skipped)
    }

    /// Appends a number in decimal.
    mutating func append(decimal number: UInt16) {
        var divisor: UInt16 = 10_000
        while divisor > 1 && number < divisor { divisor /= 10 }
        while divisor > 0 {
            append(ASCII.zero + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// Takes back the last byte.
    @inline(__always) mutating func removeLast() { count = max(0, count &- 1) }

    /// The text as a string.
    @inline(__always) var string: String {
        let count = count
        let text = bytes.span
        return unsafe String(unsafeUninitializedCapacity: count) { buffer in
            let length = min(count, buffer.count)
            unsafe text.withUnsafeBufferPointer { text in
                _ = unsafe buffer.update(fromContentsOf: text.prefix(length))
            }
            return length
        }
    }
}
