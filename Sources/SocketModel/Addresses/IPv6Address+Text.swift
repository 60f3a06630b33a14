extension IPv6Address: AddressText, CustomStringConvertible {
    /// The text of RFC 5952: lower case, no leading zeros, `::` for the longest run of two or more zero groups, the
    /// first of equals.
    ///
    /// Where the last 32 bits are an IPv4 address they are a dotted quad: in mapped addresses (`::ffff:192.0.2.1`) and
    /// in compatible ones with anything above their last 16 bits (`::192.0.2.1`, but `::1` and `::ff`). Those under
    /// `64:ff9b::/96` (RFC 6052) stay hexadecimal. Both are as glibc's `inet_ntop(3)` does it, byte for byte, so that
    /// the same address reads the same in the logs of every program.
    public var description: String {
        var text = TextBuffer()
        text.append(self)
        return text.string
    }

    /// Reads every text form of RFC 4291, 2.2, exactly what glibc's `inet_pton(3)` accepts: eight groups of one to four
    /// hexadecimal digits of either case, one `::` for at least one zero group, a strict dotted quad for the last two.
    ///
    /// Throws an ``AddressError`` that says which byte is wrong. A zone is refused: read an ``IPAddress``.
    public init(parsing text: String) throws(AddressError) {
        do throws(TextFault) {
            self = try parseIPv6(text.utf8.span)
        } catch {
            throw error.error(in: text)
        }
    }

    /// Reads every text form of RFC 4291, 2.2, nil when it is malformed; ``init(parsing:)-(String)`` says what is wrong.
    public init?(_ description: borrowing String) {
        do throws(TextFault) {
            self = try parseIPv6((copy description).utf8.span)
        } catch {
            return nil
        }
    }
}

extension TextBuffer {
    mutating func append(_ address: IPv6Address) {
        let zeros = ZeroRun(address)
        let dotted = zeros.start == 0 && (zeros.length == 6 || address.isV4Mapped)
        let groups = dotted ? 6 : 8
        var index = 0
        while index < groups {
            if index == zeros.start {
                append(word: 0x3a3a, length: 2)
                index &+= zeros.length
                continue
            }
            append(hexadecimal: address.group(index))
            index &+= 1
            if index != zeros.start && index < 8 { append(ASCII.colon) }
        }
        if dotted { append(IPv4Address(rawValue: UInt32(truncatingIfNeeded: address.low))) }
    }
}

extension IPv6Address {
    /// One of the eight groups, 0 the first.
    @inline(__always) func group(_ index: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 &- (index & 3) &* 16))
    }
}

/// The run of zero groups that is written `::`: the first of the longest, if there is one of two groups or more.
private struct ZeroRun {
    var start = -1
    var length = 0

    @inline(__always) init(_ address: IPv6Address) {
        // Bit i says that group i is zero.
        var zeros = 0
        for index in 0..<8 where address.group(index) == 0 { zeros |= 1 << index }
        // A bit that is left after n rounds begins a run of n groups.
        var runs = zeros & zeros >> 1
        guard runs != 0 else { return }
        length = 2
        while case let longer = runs & zeros >> length, longer != 0 {
            runs = longer
            length &+= 1
        }
        start = runs.trailingZeroBitCount
    }
}
