extension UNIXAddress: AddressText, CustomStringConvertible {
    /// A path as it is, an abstract name with `@` in front, nothing for an unnamed address.
    ///
    /// What would not survive in a line of text is escaped: a backslash as `\\`, a path's leading `@` as `\@`, and as
    /// `\xNN` each byte of invalid UTF-8, of control characters, of line and paragraph separators and of marks that
    /// change the direction of the text around them.
    public var description: String {
        switch kind {
        case .unnamed: ""
        case .path: (bytes.first == ASCII.at ? "\\" : "") + escapedText(bytes)
        case .abstract: "@" + escapedText(bytes)
        }
    }

    /// Reads the text form; what is not escaped stands for itself.
    ///
    /// Throws an ``AddressError`` for an unknown escape, a zero byte in a path, or a name too long. To take a path
    /// as it is use ``init(path:)-(String)``.
    public init(parsing text: String) throws(AddressError) {
        self = try parse(text) { bytes, range throws(TextFault) in try Self(bytes, in: range) }
    }

    init(_ text: Span<UInt8>, in range: Range<Int>) throws(TextFault) {
        let isAbstract = !range.isEmpty && text[range.lowerBound] == ASCII.at
        let limit = isAbstract ? Self.maximumAbstractLength : Self.maximumPathLength
        var name: [UInt8] = []
        var index = range.lowerBound + (isAbstract ? 1 : 0)
        while index < range.upperBound {
            let start = index
            let byte = try unescape(text, at: &index, end: range.upperBound)
            if byte == 0 && !isAbstract { throw TextFault(.pathContainsNUL, at: start) }
            if name.count == limit { throw TextFault(isAbstract ? .abstractNameTooLong : .pathTooLong, at: start) }
            name.append(byte)
        }
        self.init(isAbstract ? .abstract : name.isEmpty ? .unnamed : .path, name)
    }
}

/// The byte that the text at the index stands for; the index moves behind it.
private func unescape(_ text: Span<UInt8>, at index: inout Int, end: Int) throws(TextFault) -> UInt8 {
    let start = index
    index += 1
    guard text[start] == ASCII.backslash else { return text[start] }
    guard index < end else { throw TextFault(.invalidEscape, at: start) }
    let escape = text[index]
    index += 1
    if escape == ASCII.backslash || escape == ASCII.at { return escape }
    guard escape == UInt8(ascii: "x"), index + 2 <= end else { throw TextFault(.invalidEscape, at: start) }
    let high = ASCII.hexValue(text[index])
    let low = ASCII.hexValue(text[index + 1])
    guard high < 16 && low < 16 else { throw TextFault(.invalidEscape, at: start) }
    index += 2
    return high << 4 | low
}

/// Bytes as UTF-8 text in which every byte can be told.
private func escapedText(_ bytes: [UInt8]) -> String {
    var text = ""
    var rest = bytes[...]
    while let byte = rest.first {
        guard let scalar = firstScalar(of: rest) else {
            text += escaped(byte)
            rest = rest.dropFirst()
            continue
        }
        if scalar == "\\" {
            text += "\\\\"
        } else if scalar.changesLayout {
            text += scalar.utf8.map(escaped).joined()
        } else {
            text.unicodeScalars.append(scalar)
        }
        rest = rest.dropFirst(scalar.utf8.count)
    }
    return text
}

/// The scalar whose valid UTF-8 the bytes begin with, nil when they begin with no valid one.
private func firstScalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return scalar
}

private func escaped(_ byte: UInt8) -> String { "\\x" + hexadecimal([byte]) }

extension Unicode.Scalar {
    /// Whether the scalar would change the line of text it stands in: controls, separators, marks of direction.
    var changesLayout: Bool {
        switch value {
        case 0..<0x20, 0x7f..<0xa0: true
        case 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0x061c, 0xfeff: true
        default: false
        }
    }
}
