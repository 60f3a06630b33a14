/// A value with an exact text form: reading what it prints gives the same value back.
///
/// The text is also what `Codable` stores, so an address in JSON reads as people write it.
public protocol AddressText: LosslessStringConvertible, Codable, Hashable, Sendable {
    /// Reads the whole of the text; nothing may stand before or after the address.
    ///
    /// Throws an ``AddressError`` that says which byte is wrong and what to write instead.
    init(parsing text: String) throws(AddressError)
}

extension AddressText {
    /// Reads the whole of the text, nil when it is malformed; ``init(parsing:)-(String)`` says what is wrong with it.
    public init?(_ description: String) {
        do throws(AddressError) {
            try self.init(parsing: description)
        } catch {
            return nil
        }
    }

    /// Reads the whole of the text, for example a slice of a longer one; offsets in errors count from its start.
    @inlinable public init(parsing text: some StringProtocol) throws(AddressError) {
        try self.init(parsing: String(text))
    }

    /// Reads the text form; malformed text is a `DecodingError.dataCorrupted` that says what is wrong.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(AddressError) {
            try self.init(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
