/// Why bytes are no message, or a message cannot be written.
///
/// Only ``Reason/notUTF8`` and ``Reason/invalidMessage(_:)`` concern one message, which is skipped: the next can be read. After any other error of
/// reading it is unknown where the next frame begins, and every later call fails in the same way.
public struct FramingError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// A frame has more bytes than are allowed, or than its length can be told in.
        case frameTooLong(limit: Int)
        /// A length that counts its own bytes is smaller than they are.
        case lengthTooSmall(minimum: Int)
        /// The stream has ended within a frame.
        case truncated
        /// A number is not ended within ten bytes, or needs more than 64 bits.
        case malformedVarint
        /// A number has more bytes than it needs.
        case overlongVarint
        /// A text is not valid UTF-8.
        case notUTF8
        /// The codec refuses the message; its error, as text.
        case invalidMessage(String)
        /// The stream is not what the protocol says, and nobody knows where it goes on; why, in words.
        case malformed(String)
        /// A message contains what would end its frame, or makes it with its end.
        case containsDelimiter
        /// A message does not have the size that all of its framing have.
        case wrongSize(expected: Int)
        /// A delimiter must have a byte at least.
        case emptyDelimiter
        /// Frames of a fixed size have 1...1,073,741,824 bytes.
        case invalidSize(Int)
    }

    /// What is wrong.
    public let reason: Reason
    /// Where in the stream the frame begins, in bytes; nil when the message was to be written. Of frames inside frames, where in the inner stream.
    public let offset: Int?

    /// An error of reading at that offset, or of writing.
    public init(_ reason: Reason, at offset: Int? = nil) {
        self.reason = reason
        self.offset = offset
    }

    /// Whether only one message is concerned, and the next can be read.
    public var isRecoverable: Bool {
        switch reason {
        case .notUTF8, .invalidMessage: true
        default: false
        }
    }
}

extension FramingError: CustomStringConvertible {
    /// What is wrong and where, in words.
    public var description: String {
        guard let offset else { return reason.description }
        return "\(reason) (frame at byte \(offset) of the stream)"
    }
}

extension FramingError.Reason: CustomStringConvertible {
    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .frameTooLong(let limit): "the frame has more than \(limit) bytes"
        case .lengthTooSmall(let minimum): "the length counts its own bytes, and is less than \(minimum)"
        case .truncated: "the stream has ended within the frame"
        case .malformedVarint: "the number has more than ten bytes or 64 bits"
        case .overlongVarint: "the number has more bytes than it needs"
        case .notUTF8: "the text is not valid UTF-8"
        case .invalidMessage(let reason): "the message is invalid: \(reason)"
        case .malformed(let reason): "the stream is malformed: \(reason)"
        case .containsDelimiter: "the message contains what ends its frame"
        case .wrongSize(let expected): "the message must have \(expected) bytes"
        case .emptyDelimiter: "the delimiter is empty"
        case .invalidSize(let size): "the size of frames must be in 1...\(FrameLimit.largest), not \(size)"
        }
    }
}
