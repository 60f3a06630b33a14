/// A number of the Domain Name System that IANA gives a mnemonic, such as a record's type.
///
/// A conforming type lists its mnemonics once, in ``allNamed``, and what is put before the decimal number of one that has none (RFC 3597,
/// section 5); text either way follows from that.
public protocol DNSNumber: RawRepresentable, Hashable, Sendable, LosslessStringConvertible
where RawValue: FixedWidthInteger & Sendable {
    /// Every mnemonic with its number, in the order of the numbers.
    static var allNamed: [(mnemonic: String, value: Self)] { get }

    /// What precedes a number without a mnemonic, such as `TYPE`.
    static var prefix: String { get }
}

extension DNSNumber {
    /// The mnemonic, such as `AAAA`; nil when the number has none here.
    public var mnemonic: String? { Self.allNamed.first { $0.value.rawValue == rawValue }?.mnemonic }

    /// The mnemonic, or the prefix and the decimal number: `TYPE65280`.
    public var description: String { mnemonic ?? "\(Self.prefix)\(rawValue)" }

    /// Reads what ``description`` writes, in any case; nil for anything else.
    public init?(_ description: String) {
        let text = description.uppercased()
        if let named = Self.allNamed.first(where: { $0.mnemonic.uppercased() == text }) {
            self = named.value
        } else if text.hasPrefix(Self.prefix.uppercased()), let number = RawValue(text.dropFirst(Self.prefix.count)),
            let value = Self(rawValue: number)
        {
            self = value
        } else {
            return nil
        }
    }
}
