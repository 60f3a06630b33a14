extension IPv4Address: AddressText, CustomStringConvertible {
    /// The dotted quad, `192.0.2.1`: `inet_ntop(3)`, `inet_ntoa(3)`.
    public var description: String {
        var text = TextBuffer()
        text.append(self)
        return text.string
    }

    /// Reads a strict dotted quad, what `inet_pton(3)` accepts: exactly four decimal numbers 0...255 without leading
    /// zeros, nothing around them. See ``init(classic:)`` for `inet_aton(3)`.
    ///
    /// Throws an ``AddressError`` that says which byte is wrong.
    public init(parsing text: String) throws(AddressError) {
        do throws(TextFault) {
            self.init(rawValue: try parseIPv4(text.utf8.span))
        } catch {
            throw error.error(in: text)
        }
    }

    /// Reads a strict dotted quad, nil when it is malformed; ``init(parsing:)-(String)`` says what is wrong with it.
    public init?(_ description: String) {
        do throws(TextFault) {
            self.init(rawValue: try parseIPv4(description.utf8.span))
        } catch {
            return nil
        }
    }
}

extension TextBuffer {
    @inline(__always) mutating func append(_ address: IPv4Address) {
        let number = address.rawValue
        append(decimal: UInt8(truncatingIfNeeded: number >> 24), then: ASCII.dot)
        append(decimal: UInt8(truncatingIfNeeded: number >> 16), then: ASCII.dot)
        append(decimal: UInt8(truncatingIfNeeded: number >> 8), then: ASCII.dot)
        append(decimal: UInt8(truncatingIfNeeded: number), then: ASCII.dot)
        removeLast()
    }
}

/// Reads a strict dotted quad that fills the range; the number is in the host's byte order.
@inline(__always)
func parseIPv4(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TextFault) -> UInt32 {
    var address: UInt32 = 0
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
                throw TextFault(octet < 10 ? .leadingZero : .octetOutOfRange, at: index &- digits &+ 1)
            }
        } else if byte == ASCII.dot && digits > 0 {
            if dots == 3 { throw TextFault(.tooManyOctets, at: index) }
            address = address << 8 | octet
            octet = 0
            digits = 0
            dots &+= 1
        } else {
            throw TextFault(byte == ASCII.dot ? .missingOctet : .unexpectedByte, at: index)
        }
    }
    if range.isEmpty { throw TextFault(.empty, at: range.lowerBound) }
    if dots != 3 || digits == 0 { throw TextFault(.missingOctet, at: range.upperBound) }
    return address << 8 | octet
}

func parseIPv4(_ bytes: Span<UInt8>) throws(TextFault) -> UInt32 {
    try parseIPv4(bytes, in: 0..<bytes.count)
}
