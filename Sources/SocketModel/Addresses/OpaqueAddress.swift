/// A socket address of a family this package has no type for, kept byte for byte: `struct sockaddr`.
///
/// Also what a kernel returned in a family that does have one, when its bytes are too few to be that.
public struct OpaqueAddress: Hashable, Sendable {
    /// The family: `sa_family`.
    public let family: AddressFamily

    /// Everything behind the family, in the kernel's layout: `sa_data`.
    public let bytes: [UInt8]

    /// The most bytes behind the family, 126: `struct sockaddr_storage` has 128.
    public static let maximumLength = 126

    /// The address of that family with those bytes behind it.
    ///
    /// Throws ``AddressError/Kind/opaqueAddressTooLong`` above 126 bytes.
    public init(family: AddressFamily, bytes: [UInt8]) throws(AddressError) {
        guard bytes.count <= Self.maximumLength else {
            throw AddressError(
                .opaqueAddressTooLong, input: hexadecimal(bytes), offset: Self.maximumLength * 2)
        }
        self.init(family, bytes)
    }

    init(_ family: AddressFamily, _ bytes: [UInt8]) {
        self.family = family
        self.bytes = bytes
    }
}

extension OpaqueAddress: AddressText, CustomStringConvertible {
    /// `family(29):0a0b`: the family's number in decimal, the bytes behind it in hexadecimal.
    public var description: String { "family(\(family.rawValue)):\(hexadecimal(bytes))" }

    /// Reads `family(N):` and pairs of hexadecimal digits of either case, at most 126.
    ///
    /// Throws an ``AddressError`` that says which byte is wrong.
    public init(parsing text: String) throws(AddressError) {
        do throws(TextFault) {
            try self.init(text.utf8.span)
        } catch {
            throw error.error(in: text)
        }
    }

    init(_ text: Span<UInt8>) throws(TextFault) {
        let start = 7
        guard text.hasPrefix("family(", in: 0..<text.count),
            let close = text.firstOffset(of: UInt8(ascii: ")"), in: start..<text.count),
            close + 1 < text.count, text[close + 1] == ASCII.colon
        else { throw TextFault(text.isEmpty ? .empty : .invalidFamily, at: 0) }
        let family = try parseDecimal(
            text, in: start..<close, maximum: 65535, missing: .invalidFamily, tooLarge: .invalidFamily)
        var bytes: [UInt8] = []
        for index in stride(from: close + 2, to: text.count, by: 2) {
            let high = ASCII.hexValue(text[index])
            let low = index + 1 < text.count ? ASCII.hexValue(text[index + 1]) : 0xff
            guard high < 16 && low < 16 else { throw TextFault(.invalidHexadecimal, at: index) }
            if bytes.count == Self.maximumLength { throw TextFault(.opaqueAddressTooLong, at: index) }
            bytes.append(high << 4 | low)
        }
        self.init(AddressFamily(rawValue: UInt16(truncatingIfNeeded: family)), bytes)
    }
}
