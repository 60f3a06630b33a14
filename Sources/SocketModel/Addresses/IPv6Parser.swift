func parseIPv6(_ bytes: Span<UInt8>) throws(TextFault) -> IPv6Address {
    try parseIPv6(bytes, in: 0..<bytes.count)
}

/// Reads an IPv6 address that fills the range.
func parseIPv6(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TextFault) -> IPv6Address {
    let end = range.upperBound
    var groups = GroupStack()
    var index = range.lowerBound
    guard index < end else { throw TextFault(.empty, at: index) }
    if bytes[index] == ASCII.colon {
        guard index &+ 1 < end, bytes[index &+ 1] == ASCII.colon else { throw TextFault(.unexpectedByte, at: index) }
        groups.compress()
        index &+= 2
    }
    while index < end {
        let start = index
        let (digits, value) = WordScan(bytes, at: index, end: end).hexadecimal
        index &+= digits
        if digits == 4 && index < end && ASCII.hexValue(bytes[index]) < 16 { throw TextFault(.groupTooLong, at: start) }
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
