func parseIPv6(_ bytes: Span<UInt8>) throws(TextFault) -> IPv6Address {
    try parseIPv6(bytes, in: 0..<bytes.count)
}

/// Reads an IPv6 address that fills the range.
func parseIPv6(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TextFault) -> IPv6Address {
    let end = range.upperBound
    var groups = GroupStack()
    var index = range.lowerBound
    guard index < end, end <= bytes.count else { throw TextFault(.empty, at: index) }
    if bytes[index] == ASCII.colon {
        guard index &+ 1 < end, bytes[index &+ 1] == ASCII.colon else { throw TextFault(.unexpectedByte, at: index) }
        groups.compress()
        index &+= 2
    }
    while index < end {
        let start = index
        let value =
            index &+ 5 <= end
            ? try parseGroup(bytes, at: &index, end: .max) : try parseGroup(bytes, at: &index, end: end)
        let digits = index &- start
        if digits == 0 { throw groups.faultForMissingDigits(bytes[index], at: index) }
        if index < end && bytes[index] == ASCII.dot {
            let quad = try parseIPv4(bytes, in: start..<end)
            guard groups.count <= 6 else { throw TextFault(.tooManyGroups, at: start) }
            groups.push(quad >> 16)
            groups.push(quad & 0xffff)
            break
        }
        guard groups.count < 8 else { throw TextFault(.tooManyGroups, at: start) }
        groups.push(value)
        if index == end { break }
        guard bytes[index] == ASCII.colon else { throw TextFault(.unexpectedByte, at: index) }
        index &+= 1
        if index == end { throw TextFault(.missingGroup, at: end) }
        if bytes[index] == ASCII.colon {
            guard !groups.isCompressed else { throw TextFault(.secondCompression, at: index &- 1) }
            groups.compress()
            index &+= 1
        }
    }
    return try groups.address(end: end)
}

/// Reads the digits of one group, none to four; the index moves behind them. It looks at five bytes at most and at none
/// from `end` on, which is at most the count; or is `.max` where there are five, so that their checks fall away.
@inline(__always)
private func parseGroup(_ bytes: Span<UInt8>, at index: inout Int, end: Int) throws(TextFault) -> UInt32 {
    @inline(__always) func digit(_ place: Int) -> UInt32 {
        place < end ? unsafe UInt32(hexValues[unchecked: Int(bytes[unchecked: place])]) : 255
    }
    let start = index
    let first = digit(start)
    if first > 15 { return 0 }
    index = start &+ 1
    let second = digit(start &+ 1)
    if second > 15 { return first }
    index = start &+ 2
    let third = digit(start &+ 2)
    if third > 15 { return first << 4 | second }
    index = start &+ 3
    let fourth = digit(start &+ 3)
    if fourth > 15 { return first << 8 | second << 4 | third }
    index = start &+ 4
    if digit(start &+ 4) <= 15 { throw TextFault(.groupTooLong, at: start) }
    return first << 12 | second << 8 | third << 4 | fourth
}

/// The groups read so far, as a number of 128 bits in two halves that is shifted left by each, and the place of `::`.
private struct GroupStack {
    private var high: UInt64 = 0
    private var low: UInt64 = 0
    private(set) var count = 0
    private var compression = -1

    var isCompressed: Bool { compression >= 0 }

    @inline(__always) mutating func push(_ group: UInt32) {
        high = high << 16 | low >> 48
        low = low << 16 | UInt64(group)
        count &+= 1
    }

    @inline(__always) mutating func compress() { compression = count }

    func faultForMissingDigits(_ byte: UInt8, at offset: Int) -> TextFault {
        // `:::` is a `::` too many, whichever of its colons one starts from.
        TextFault(byte == ASCII.colon && isCompressed ? .secondCompression : .unexpectedByte, at: offset)
    }

    /// Opens the gap that `::` stands for.
    @inline(__always) func address(end: Int) throws(TextFault) -> IPv6Address {
        if compression < 0 {
            guard count == 8 else { throw TextFault(.missingGroup, at: end) }
            return IPv6Address(high: high, low: low)
        }
        guard count < 8 else { throw TextFault(.tooManyGroups, at: end) }
        let all = UInt128(high) << 64 | UInt128(low)
        let tail = UInt128(1) << UInt128(truncatingIfNeeded: (count &- compression) &* 16) &- 1
        let head = (all & ~tail) << UInt128(truncatingIfNeeded: (8 &- count) &* 16)
        return IPv6Address(rawValue: head | all & tail)
    }
}
