/// What a parser throws inside the module: no text, no memory, so that failing costs as little as succeeding.
/// The entry points add the input and make it an ``AddressError``.
struct TextFault: Error, BitwiseCopyable {
    let kind: AddressError.Kind
    let offset: Int

    init(_ kind: AddressError.Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    func error(in input: String) -> AddressError { AddressError(kind, input: input, offset: offset) }

    /// The error about bytes that should be text, or else are shown in hexadecimal, two digits a byte.
    func error(inBytes bytes: [UInt8]) -> AddressError {
        if let text = String(validating: bytes, as: UTF8.self) { return error(in: text) }
        return AddressError(kind, input: hexadecimal(bytes), offset: offset * 2)
    }
}

/// Reads a whole text with one of the parsers, and makes its fault an error about that text.
func parse<T>(
    _ text: String, _ parser: (Span<UInt8>, Range<Int>) throws(TextFault) -> T
) throws(AddressError) -> T {
    do throws(TextFault) {
        let bytes = text.utf8.span
        return try parser(bytes, 0..<bytes.count)
    } catch {
        throw error.error(in: text)
    }
}

/// The bytes the parsers look for.
enum ASCII {
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let percent = UInt8(ascii: "%")
    static let dot = UInt8(ascii: ".")
    static let slash = UInt8(ascii: "/")
    static let zero = UInt8(ascii: "0")
    static let colon = UInt8(ascii: ":")
    static let question = UInt8(ascii: "?")
    static let at = UInt8(ascii: "@")
    static let openBracket = UInt8(ascii: "[")
    static let backslash = UInt8(ascii: "\\")
    static let closeBracket = UInt8(ascii: "]")
    static let delete: UInt8 = 0x7f

    /// The value of a hexadecimal digit of either case, or a number above 15.
    @inline(__always) static func hexValue(_ byte: UInt8) -> UInt8 {
        let digit = byte &- zero
        if digit < 10 { return digit }
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return letter < 6 ? letter &+ 10 : 0xff
    }

    /// The lower-case digit of a value 0...15.
    @inline(__always) static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? zero &+ value : UInt8(ascii: "a") &+ (value &- 10)
    }

    /// Whether the byte is white space of C's `isspace(3)`.
    @inline(__always) static func isSpace(_ byte: UInt8) -> Bool { byte == space || (9...13).contains(byte) }

    /// Whether the byte is a control byte or white space: what no host, service or interface name holds.
    @inline(__always) static func isControlOrSpace(_ byte: UInt8) -> Bool { byte <= space || byte == delete }
}

extension Span<UInt8> {
    /// The first place in the range where the byte stands.
    func firstOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
        for index in range where self[index] == byte { return index }
        return nil
    }

    /// The last place in the range where the byte stands.
    func lastOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
        for index in range.reversed() where self[index] == byte { return index }
        return nil
    }

    /// Whether the range begins with these bytes.
    func hasPrefix(_ prefix: StaticString, in range: Range<Int>) -> Bool {
        guard range.count >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount
        where unsafe self[range.lowerBound + index] != prefix.utf8Start[index] { return false }
        return true
    }

    /// The range as text; the caller vouches that it is a piece of a string, cut at ASCII bytes.
    func text(in range: Range<Int>) -> String {
        unsafe String(unsafeUninitializedCapacity: range.count) { buffer in
            for index in 0..<range.count { unsafe buffer[index] = self[range.lowerBound + index] }
            return range.count
        }
    }
}

/// A decimal number that fills the range: no sign, no leading zero, at most `maximum`.
/// Faults: `missing` for an empty range or one with another byte in it, `tooLarge` above the maximum.
func parseDecimal(
    _ bytes: Span<UInt8>, in range: Range<Int>, maximum: UInt32,
    missing: AddressError.Kind, tooLarge: AddressError.Kind
) throws(TextFault) -> UInt32 {
    guard !range.isEmpty else { throw TextFault(missing, at: range.lowerBound) }
    for index in range where bytes[index] &- ASCII.zero > 9 { throw TextFault(missing, at: index) }
    if bytes[range.lowerBound] == ASCII.zero && range.count > 1 {
        throw TextFault(.leadingZero, at: range.lowerBound)
    }
    var value: UInt64 = 0
    for index in range {
        value = value &* 10 &+ UInt64(bytes[index] &- ASCII.zero)
        if value > UInt64(maximum) { throw TextFault(tooLarge, at: range.lowerBound) }
    }
    return UInt32(truncatingIfNeeded: value)
}
