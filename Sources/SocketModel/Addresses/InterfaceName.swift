/// The name of a network interface, `eth0`: 1...15 bytes (`IFNAMSIZ` less the terminating zero).
///
/// As in Linux it holds no white space, no control bytes, no `/`, no `:` and is neither `.` nor `..`. A name of digits
/// alone, which Linux allows, is refused: in a text nothing would tell it from an index. Use the index of such an
/// interface, or of one whose name is not UTF-8.
@frozen public struct InterfaceName: Hashable, Sendable, BitwiseCopyable {
    /// The bytes, first in the highest place, zeros behind the last: so numbers order as names do.
    @usableFromInline let high: UInt64
    @usableFromInline let low: UInt64

    /// The longest name in bytes, 15: `IFNAMSIZ` less the terminating zero.
    public static let maximumLength = 15

    init(_ bytes: Span<UInt8>, in range: Range<Int>) throws(TextFault) {
        guard !range.isEmpty else { throw TextFault(.invalidZone, at: range.lowerBound) }
        guard range.count <= Self.maximumLength else { throw TextFault(.interfaceNameTooLong, at: range.lowerBound) }
        var halves: (UInt64, UInt64) = (0, 0)
        var allDigits = true
        var allDots = true
        for (place, index) in range.enumerated() {
            let byte = bytes[index]
            if ASCII.isControlOrSpace(byte) || byte == ASCII.slash || byte == ASCII.colon {
                throw TextFault(.invalidZone, at: index)
            }
            allDigits = allDigits && byte &- ASCII.zero <= 9
            allDots = allDots && byte == ASCII.dot
            let shifted = UInt64(byte) << UInt64(56 - (place & 7) * 8)
            if place < 8 { halves.0 |= shifted } else { halves.1 |= shifted }
        }
        if allDigits || (allDots && range.count <= 2) { throw TextFault(.invalidZone, at: range.lowerBound) }
        (high, low) = halves
    }

    /// The length in bytes, 1...15.
    public var count: Int {
        let unused = low == 0 ? 8 + high.trailingZeroBitCount / 8 : low.trailingZeroBitCount / 8
        return 16 - unused
    }

    /// The bytes with zeros behind them, as in `ifreq.ifr_name` (`IFNAMSIZ` is 16).
    public var bytes: [16 of UInt8] { IPv6Address(high: high, low: low).octets }
}

extension InterfaceName: AddressText, CustomStringConvertible, Comparable {
    /// The name as it is.
    public var description: String {
        let bytes = bytes
        return bytes.span.text(in: 0..<count)
    }

    /// Takes a name as it is; throws an ``AddressError`` when no interface can have it, or when it is all digits.
    public init(parsing text: String) throws(AddressError) {
        self = try parse(text) { bytes, range throws(TextFault) in try Self(bytes, in: range) }
    }

    /// Orders names by their bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}
