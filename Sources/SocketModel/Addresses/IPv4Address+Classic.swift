extension IPv4Address {
    /// Reads every historic form of an IPv4 address, as glibc's `inet_aton(3)` does.
    ///
    /// One to four parts with dots between them, each decimal, octal (`0` in front) or hexadecimal (`0x` in front). All
    /// but the last are octets; the last fills the bytes that are left: `127.1` is `127.0.0.1`, `10.0x10203` is
    /// `10.1.2.3`, `2130706433` is `127.0.0.1`. What follows a first byte of white space behind the address is ignored,
    /// whatever it is; white space in front is refused.
    ///
    /// The same text means another address to other programs: `010.0.0.1` is `8.0.0.1` here and refused by
    /// ``init(parsing:)-(String)``. Do not read addresses this way that decide who may do what.
    ///
    /// Throws an ``AddressError``: ``AddressError/Kind/octetOutOfRange`` for a part too large for its bytes, otherwise
    /// what is wrong at the first byte that is.
    public init(classic text: String) throws(AddressError) {
        do throws(TextFault) {
            self.init(rawValue: try parseClassicIPv4(text.utf8.span))
        } catch {
            throw error.error(in: text)
        }
    }
}

private func parseClassicIPv4(_ bytes: Span<UInt8>) throws(TextFault) -> UInt32 {
    guard !bytes.isEmpty else { throw TextFault(.empty, at: 0) }
    var address: UInt64 = 0
    var index = 0
    for part in 0..<4 {
        let start = index
        let value = try parseClassicPart(bytes, at: &index)
        if index < bytes.count && bytes[index] == ASCII.dot {
            if part == 3 { throw TextFault(.tooManyOctets, at: index) }
            if value > 255 { throw TextFault(.octetOutOfRange, at: start) }
            address = address << 8 | value
            index += 1
            continue
        }
        if index < bytes.count && !ASCII.isSpace(bytes[index]) { throw TextFault(.unexpectedByte, at: index) }
        let bits = UInt64(32 - part * 8)
        if value >> bits != 0 { throw TextFault(.octetOutOfRange, at: start) }
        return UInt32(truncatingIfNeeded: address << bits | value)
    }
    throw TextFault(.tooManyOctets, at: index)
}

/// One number as `strtoul(3)` reads it in base 0; `0x` without digits is the zero before the `x`.
private func parseClassicPart(_ bytes: Span<UInt8>, at index: inout Int) throws(TextFault) -> UInt64 {
    let start = index
    guard start < bytes.count else { throw TextFault(.missingOctet, at: start) }
    guard bytes[start] &- ASCII.zero <= 9 else {
        throw TextFault(bytes[start] == ASCII.dot ? .missingOctet : .unexpectedByte, at: start)
    }
    var base: UInt64 = 10
    if bytes[start] == ASCII.zero {
        base = 8
        let isPrefixed = start + 2 < bytes.count && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
        if isPrefixed && ASCII.hexValue(bytes[start + 2]) < 16 {
            base = 16
            index += 2
        }
    }
    var value: UInt64 = 0
    while index < bytes.count, case let digit = UInt64(ASCII.hexValue(bytes[index])), digit < base {
        value = value * base + digit
        if value > UInt64(UInt32.max) { throw TextFault(.octetOutOfRange, at: start) }
        index += 1
    }
    return value
}
