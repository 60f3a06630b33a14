/// Why a text, or packed bytes, are no address: what is wrong, where, and what to write instead.
public struct AddressError: Error, Hashable, Sendable {
    /// What is wrong.
    public let kind: Kind

    /// The whole text that was read, or packed bytes in hexadecimal.
    public let input: String

    /// The first byte that offends, counted in UTF-8 bytes from the start of ``input``; the length of ``input`` when
    /// something is missing at its end.
    public let offset: Int

    /// An error about a text; an offset outside of the text is moved to its nearer end.
    public init(_ kind: Kind, input: String, offset: Int) {
        self.kind = kind
        self.input = input
        self.offset = min(max(0, offset), input.utf8.count)
    }
}

extension AddressError: CustomStringConvertible {
    /// What is wrong, in which input, at which byte, and what to do about it, on one line.
    ///
    /// Of a long input the first 128 bytes are shown; control bytes are escaped.
    public var description: String {
        var text = "\(kind.problem(offender)) in \(input.printable(quoted: true))"
        if offset > 0 { text += " at byte \(offset)" }
        return text + ": " + kind.advice
    }

    /// The word at the offset, for messages that name it: at most 32 bytes of letters and digits, else one character.
    private var offender: String {
        let bytes = input.utf8.dropFirst(offset)
        let word = bytes.prefix(32).prefix { byte in
            byte &- ASCII.zero < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
        }
        if !word.isEmpty { return String(decoding: word, as: UTF8.self) }
        guard let byte = bytes.first else { return "the end" }
        if byte >= 0x80 || ASCII.isControlOrSpace(byte) { return "byte 0x\(hexadecimal([byte]))" }
        return "'\(Character(UnicodeScalar(byte)))'"
    }
}

extension AddressError {
    /// Everything that can be wrong with an address; a closed set.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable {
        /// There is nothing to read.
        case empty
        /// A byte that cannot stand in this place.
        case unexpectedByte
        /// Something stands before the end that belongs to no address, or the address goes on after its end.
        case trailingBytes
        /// A part of an IPv4 address is above 255, or above what its form leaves room for.
        case octetOutOfRange
        /// A number is written with a zero in front, which other programs read as octal.
        case leadingZero
        /// An IPv4 address has fewer than four parts, or an empty one.
        case missingOctet
        /// An IPv4 address has more than four parts.
        case tooManyOctets
        /// A group of an IPv6 address has more than four digits.
        case groupTooLong
        /// An IPv6 address has fewer than eight groups and no `::`, or ends in a single `:`.
        case missingGroup
        /// An IPv6 address has more than eight groups, or a `::` that stands for none.
        case tooManyGroups
        /// An IPv6 address has a second `::`.
        case secondCompression
        /// A zone is empty, or a number above 4294967295, or holds bytes no interface name has.
        case invalidZone
        /// An interface name is longer than 15 bytes.
        case interfaceNameTooLong
        /// A zone where none can be: on an IPv4 address, in a prefix, in a packed address.
        case unexpectedZone
        /// There is no port, or an empty one.
        case missingPort
        /// A port is neither a number nor, where names are allowed, the name of a service.
        case invalidPort
        /// A port is above 65535.
        case portOutOfRange
        /// Flow information is no number of 32 bits.
        case invalidFlowInfo
        /// An IPv6 address with a port, written without brackets.
        case unbracketedIPv6
        /// A `[` without its `]`.
        case unclosedBracket
        /// A host name is longer than 255 bytes.
        case hostTooLong
        /// A prefix without a length.
        case missingPrefixLength
        /// A prefix length is above 32 (IPv4) or 128 (IPv6), or negative.
        case prefixLengthOutOfRange
        /// A prefix has bits set beyond its length.
        case hostBitsSet
        /// A UNIX path is empty, which is what an unnamed address is.
        case emptyPath
        /// A UNIX path has a zero byte in it.
        case pathContainsNUL
        /// A UNIX path is longer than 108 bytes.
        case pathTooLong
        /// An abstract UNIX name is longer than 107 bytes.
        case abstractNameTooLong
        /// A `\` that begins none of `\\`, `\@` and `\xNN`.
        case invalidEscape
        /// An opaque address is longer than 126 bytes after its family.
        case opaqueAddressTooLong
        /// An opaque address is not written as pairs of hexadecimal digits.
        case invalidHexadecimal
        /// An address family is no number of 16 bits.
        case invalidFamily
        /// A family other than IPv4 and IPv6 where only these are possible.
        case unsupportedFamily
        /// A packed address has another length than 4 (IPv4) or 16 (IPv6) bytes.
        case packedLength
    }
}
