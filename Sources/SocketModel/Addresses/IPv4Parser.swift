func parseIPv4(_ bytes: Span<UInt8>) throws(TextFault) -> UInt32 {
    try parseIPv4(bytes, in: 0..<bytes.count)
}

/// Reads a strict dotted quad that fills the range; the number is in the host's byte order.
///
/// Each part is read by its one to three digits and not by a loop over them: half the time of one.
@inline(__always)
func parseIPv4(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TextFault) -> UInt32 {
    guard range.upperBound <= bytes.count else { throw TextFault(.missingOctet, at: bytes.count) }
    var index = range.lowerBound
    guard let first = parseOctet(bytes, at: &index, end: range.upperBound, then: ASCII.dot),
        let second = parseOctet(bytes, at: &index, end: range.upperBound, then: ASCII.dot),
        let third = parseOctet(bytes, at: &index, end: range.upperBound, then: ASCII.dot),
        let fourth = parseOctet(bytes, at: &index, end: range.upperBound, then: 0),
        index == range.upperBound &+ 1
    else { throw findIPv4Fault(bytes, in: range) }
    return first << 24 | second << 16 | third << 8 | fourth
}

/// Reads one part and the byte behind it, 0 for the end; `end` is at most the count.
@inline(__always)
private func parseOctet(_ bytes: Span<UInt8>, at index: inout Int, end: Int, then follower: UInt8) -> UInt32? {
    @inline(__always) func digit(_ place: Int) -> UInt8 {
        place < end ? unsafe bytes[unchecked: place] &- ASCII.zero : 0 &- ASCII.zero
    }
    let start = index
    let first = digit(start)
    guard first <= 9 else { return nil }
    let second = digit(start &+ 1)
    guard second <= 9 else {
        index = start &+ 2
        return second == follower &- ASCII.zero ? UInt32(first) : nil
    }
    let tens = UInt32(first) &* 10 &+ UInt32(second)
    let third = digit(start &+ 2)
    guard third <= 9 else {
        index = start &+ 3
        return third == follower &- ASCII.zero && first != 0 ? tens : nil
    }
    index = start &+ 4
    let value = tens &* 10 &+ UInt32(third)
    return value <= 255 && first != 0 && digit(start &+ 3) == follower &- ASCII.zero ? value : nil
}

/// What is wrong with a text that is no dotted quad, byte by byte: only reached when something is.
private func findIPv4Fault(_ bytes: Span<UInt8>, in range: Range<Int>) -> TextFault {
    if range.isEmpty { return TextFault(.empty, at: range.lowerBound) }
    var octet: UInt32 = 0
    var digits = 0
    var dots = 0
    for index in range {
        let byte = bytes[index]
        let digit = byte &- ASCII.zero
        if digit <= 9 {
            octet = octet &* 10 &+ UInt32(digit)
            digits &+= 1
            if digits > 1 && (octet < 10 || octet > 255) {
                return TextFault(octet < 10 ? .leadingZero : .octetOutOfRange, at: index &- digits &+ 1)
            }
        } else if byte == ASCII.dot && digits > 0 {
            if dots == 3 { return TextFault(.tooManyOctets, at: index) }
            octet = 0
            digits = 0
            dots &+= 1
        } else {
            return TextFault(byte == ASCII.dot ? .missingOctet : .unexpectedByte, at: index)
        }
    }
    return TextFault(.missingOctet, at: range.upperBound)
}
