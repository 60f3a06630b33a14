/// A set of bits that the system's headers give C names, such as the flags of a send.
public protocol SystemFlags: SystemNumber, OptionSet {}

extension SystemFlags where Self: LosslessStringConvertible {
    /// The C names of the bits, lowest bit first, joined by `|`; bits without a name follow as one hexadecimal
    /// number; the empty set is `0`. For example `MSG_PEEK|MSG_DONTWAIT|0x100000`.
    @inlinable public var description: String {
        var rest = RawValue.Magnitude(truncatingIfNeeded: rawValue)
        var parts: [String] = []
        for (cName, value) in Self.allNamed {
            let bits = RawValue.Magnitude(truncatingIfNeeded: value.rawValue)
            // An alias finds its bit already taken by the usual name.
            guard bits != 0, rest & bits == bits else { continue }
            rest &= ~bits
            parts.append(cName)
        }
        if rest != 0 || parts.isEmpty {
            parts.append(rest == 0 ? "0" : "0x" + String(rest, radix: 16))
        }
        return parts.joined(separator: "|")
    }

    /// Reads what ``description`` writes: C names and numbers, decimal or hexadecimal after `0x`, joined by `|`.
    ///
    /// `nil` for anything else, such as an unknown name, an empty part or a number wider than the flags.
    public init?(_ description: String) {
        var all: RawValue.Magnitude = 0
        for part in description.split(separator: "|", omittingEmptySubsequences: false) {
            guard let bits = Self.bits(of: part) else { return nil }
            all |= bits
        }
        self.init(rawValue: RawValue(truncatingIfNeeded: all))
    }

    private static func bits(of part: Substring) -> RawValue.Magnitude? {
        if let named = Self(cName: String(part)) { return RawValue.Magnitude(truncatingIfNeeded: named.rawValue) }
        // The integer parser takes a sign, which a set of bits has not.
        guard let first = part.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
        guard part.hasPrefix("0x") else { return RawValue.Magnitude(part) }
        let digits = part.dropFirst(2)
        guard let digit = digits.utf8.first, digit != UInt8(ascii: "+"), digit != UInt8(ascii: "-") else { return nil }
        return RawValue.Magnitude(digits, radix: 16)
    }
}
