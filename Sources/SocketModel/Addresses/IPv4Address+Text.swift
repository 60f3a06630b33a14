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
    public init?(_ description: borrowing String) {
        do throws(TextFault) {
            self.init(rawValue: try parseIPv4((copy description).utf8.span))
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
