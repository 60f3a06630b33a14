/// Why bytes are no ``DNSMessage``, and where.
public struct DNSDecodingError: Error, Hashable, Sendable {
    /// The reasons.
    public enum Code: Hashable, Sendable {
        /// The message ends before all of it has come.
        case truncated
        /// The message is longer than 65535 bytes.
        case tooLong
        /// Bytes follow the message.
        case trailingBytes
        /// A label begins with bits that mean nothing (RFC 1035, section 4.1.4).
        case invalidLabel
        /// A pointer of a compressed name does not lead back to an earlier name.
        case invalidPointer
        /// A name has more than 255 bytes, or more pointers than labels could need.
        case nameTooLong
        /// The data of a record are shorter or longer than its type demands.
        case invalidDataLength
        /// The data of a record are not what its type demands.
        case invalidData
        /// There are two OPT records, or one that is not where it belongs (RFC 6891, section 6.1.1).
        case invalidExtension
    }

    /// The reason.
    public let code: Code
    /// Where, in bytes from the beginning of the message.
    public let offset: Int

    init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension DNSDecodingError: CustomStringConvertible {
    /// What is wrong, and where.
    public var description: String { "\(reason) at byte \(offset) of the message" }

    private var reason: String {
        switch code {
        case .truncated: "the message ends too early"
        case .tooLong: "the message is longer than 65535 bytes"
        case .trailingBytes: "bytes follow the message"
        case .invalidLabel: "a label is of an unknown kind"
        case .invalidPointer: "a compressed name does not point to an earlier one"
        case .nameTooLong: "a name is too long"
        case .invalidDataLength: "a record's data have the wrong length"
        case .invalidData: "a record's data are invalid"
        case .invalidExtension: "an OPT record is misplaced or the second one"
        }
    }
}

/// Why a ``DNSMessage`` cannot be encoded.
public enum DNSEncodingError: Error, Hashable, Sendable {
    /// It would take more than 65535 bytes.
    case messageTooLong
    /// A section has more than 65535 entries.
    case tooManyRecords
    /// A record's data would take more than 65535 bytes, or a text in it more than 255.
    case dataTooLong(DNSRecordType)
    /// The parameters of a service binding are not in the order of their keys, each once (RFC 9460, section 2.2).
    case unorderedParameters
    /// The response code is above 15, which needs ``DNSMessage/extensions``, or above 4095.
    case responseCodeNeedsExtensions
}

extension DNSEncodingError: CustomStringConvertible {
    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .messageTooLong: "the message would be longer than 65535 bytes"
        case .tooManyRecords: "a section has more than 65535 entries"
        case .dataTooLong(let type): "the data of a \(type) record are too long"
        case .unorderedParameters: "the parameters of a service binding are not in ascending order"
        case .responseCodeNeedsExtensions: "a response code above 15 needs EDNS, and none is above 4095"
        }
    }
}
