extension DNSName: LosslessStringConvertible, CustomStringConvertible {
    /// Reads the text form of zone files: labels with periods between, `\.` and `\DDD` for bytes that have a meaning or are not printable
    /// (RFC 1035, section 5.1). A period at the end changes nothing; `.` alone is the root. Other text is taken as UTF-8.
    ///
    /// - Throws: ``DNSNameError``, which says where the text is wrong.
    public init(parsing text: some StringProtocol) throws(DNSNameError) {
        var parser = DNSNameParser()
        self = try parser.parse(Array(text.utf8))
    }

    /// Reads what ``init(parsing:)`` reads; nil for anything else.
    public init?(_ description: String) {
        guard let name = try? DNSName(parsing: description) else { return nil }
        self = name
    }

    /// The text form of zone files, with a period at the end: `www.example.org.`; the root is `.`.
    public var description: String { isRoot ? "." : hostName + "." }

    /// The text form without a period at the end, as the names of hosts are written; the root is empty.
    public var hostName: String {
        var text: [UInt8] = []
        text.reserveCapacity(wire.count)
        var index = 0
        while wire[index] != 0 {
            let end = index + 1 + Int(wire[index])
            if index > 0 { text.append(UInt8(ascii: ".")) }
            for byte in wire[index + 1..<end] { DNSText.append(byte, to: &text, escaping: DNSText.isSpecialInNames) }
            index = end
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Reads a name's text form, byte by byte.
private struct DNSNameParser {
    private var wire: [UInt8] = [0]
    /// Where the length of the label that is being read stands.
    private var start = 0

    mutating func parse(_ text: [UInt8]) throws(DNSNameError) -> DNSName {
        if text.isEmpty { throw DNSNameError(.empty, at: 0) }
        if text == [UInt8(ascii: ".")] { return .root }
        var index = 0
        while index < text.count {
            let place = index
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "."): try endLabel(at: place)
            case UInt8(ascii: "\\"): try add(try Self.escaped(text, &index, place), at: place)
            default: try add(byte, at: place)
            }
        }
        // The empty label of a period at the end, or else of the root.
        if wire[start] != 0 { try endLabel(at: text.count) }
        return DNSName(wire: wire)
    }

    private mutating func add(_ byte: UInt8, at place: Int) throws(DNSNameError) {
        guard wire[start] < 63 else { throw DNSNameError(.labelTooLong, at: place) }
        // One byte more for the root.
        guard wire.count < DNSName.maximumLength - 1 else { throw DNSNameError(.tooLong, at: place) }
        wire.append(byte)
        wire[start] += 1
    }

    private mutating func endLabel(at place: Int) throws(DNSNameError) {
        guard wire[start] != 0 else { throw DNSNameError(.emptyLabel, at: place) }
        start = wire.count
        wire.append(0)
    }

    private static func escaped(_ text: [UInt8], _ index: inout Int, _ place: Int) throws(DNSNameError) -> UInt8 {
        guard index < text.count else { throw DNSNameError(.invalidEscape, at: place) }
        guard DNSText.isDigit(text[index]) else {
            index += 1
            return text[index - 1]
        }
        var number = 0
        for _ in 0..<3 {
            guard index < text.count, DNSText.isDigit(text[index]) else {
                throw DNSNameError(.invalidEscape, at: place)
            }
            number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard let byte = UInt8(exactly: number) else { throw DNSNameError(.invalidEscape, at: place) }
        return byte
    }
}
