public import SocketModel

/// Lines of text, as bytes: ``Framing/text`` makes strings of them.
///
/// ```swift
/// let smtp = LineFraming(.crLF, limit: 998)
/// let log = LineFraming().text
/// ```
public struct LineFraming: Framing {
    /// What ends a line.
    public enum Ending: Hashable, Sendable {
        /// LF, or LF with one CR before it; lines are written with LF. Any other CR is part of the line.
        case any
        /// LF alone; a CR before it is part of the line.
        case lf
        /// CR LF alone, as the protocols of the Internet have it; a CR or LF that is not of such a pair is part of the line.
        case crLF
    }

    /// What ends a line.
    public let ending: Ending
    private var frames: DelimiterFraming

    /// Lines that end so.
    ///
    /// - Parameters:
    ///   - limit: The most bytes of a line, its end not counted; brought into 0...1,073,741,824.
    ///   - keepsEnding: Whether lines are read with their ends. Then one that is written with its end gets no second one.
    ///   - allowsUnterminated: Whether what follows the last end is a line, unless it is empty; else it is ``FramingError/Reason/truncated``.
    public init(
        _ ending: Ending = .any, limit: Int = 65_536, keepsEnding: Bool = false, allowsUnterminated: Bool = true
    ) {
        self.ending = ending
        frames = DelimiterFraming(
            DelimiterSearch(lineEnding: ending), limit: limit, keepsDelimiter: keepsEnding,
            allowsUnterminated: allowsUnterminated, endsWithCarriageReturn: ending == .any)
    }

    /// The most bytes of a line, its end not counted.
    public var limit: Int { frames.limit }
    /// Whether lines are read with their ends.
    public var keepsEnding: Bool { frames.keepsDelimiter }
    /// Whether the last line may have no end.
    public var allowsUnterminated: Bool { frames.allowsUnterminated }
    /// The limit, and the longest end.
    public var maximumFrameSize: Int { frames.maximumFrameSize }

    /// The next line: see ``DelimiterFraming/decode(from:)``.
    ///
    /// - Throws: ``FramingError`` as that.
    public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Chunk? {
        try frames.decode(from: &queue)
    }

    /// The next line, when no more bytes will come: see ``DelimiterFraming/decodeLast(from:)``.
    ///
    /// - Throws: ``FramingError`` as that.
    public mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> Chunk? {
        try frames.decodeLast(from: &queue)
    }

    /// Adds the line and its end: see ``DelimiterFraming/encode(_:into:)``.
    ///
    /// - Throws: ``FramingError`` as that.
    public func encode(_ line: Chunk, into output: inout [UInt8]) throws(FramingError) {
        try frames.encode(line, into: &output)
    }
}

extension DelimiterSearch {
    fileprivate init(lineEnding: LineFraming.Ending) {
        switch lineEnding {
        case .any, .lf: self.init(UInt8(ascii: "\n"))
        case .crLF: self.init(UInt8(ascii: "\r"), "\n".utf8)
        }
    }
}
