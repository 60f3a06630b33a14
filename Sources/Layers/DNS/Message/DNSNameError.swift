/// Why a text or a list of labels is no ``DNSName``.
public struct DNSNameError: Error, Hashable, Sendable {
    /// The reasons.
    public enum Code: Hashable, Sendable {
        /// There is nothing.
        case empty
        /// A label has no bytes.
        case emptyLabel
        /// A label has more than 63 bytes.
        case labelTooLong
        /// The name has more than 255 bytes on the wire.
        case tooLong
        /// A backslash is followed neither by three digits up to 255 nor by another character.
        case invalidEscape
    }

    /// The reason.
    public let code: Code
    /// Where, in bytes from the beginning.
    public let offset: Int

    init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension DNSNameError: CustomStringConvertible {
    /// What is wrong, in words.
    public var description: String {
        switch code {
        case .empty: "a domain name must not be empty; the root is written \".\""
        case .emptyLabel: "a label is empty at byte \(offset)"
        case .labelTooLong: "a label is longer than 63 bytes at byte \(offset)"
        case .tooLong: "the name is longer than 255 bytes at byte \(offset)"
        case .invalidEscape: "a backslash must be followed by a character or three digits up to 255, at byte \(offset)"
        }
    }
}
