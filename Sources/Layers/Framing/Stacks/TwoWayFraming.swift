/// One framing to read by and another to write by: see ``Framing/writing(_:)``.
public struct TwoWayFraming<Reading: Framing, Writing: Framing>: Framing {
    @usableFromInline var reading: Reading
    @usableFromInline let writing: Writing

    @inlinable init(_ reading: Reading, _ writing: Writing) {
        self.reading = reading
        self.writing = writing
    }

    /// The one's that reads.
    @inlinable public var maximumFrameSize: Int { reading.maximumFrameSize }

    /// The next message: see ``Framing/decode(from:)``.
    ///
    /// - Throws: ``FramingError`` as the one that reads.
    @inlinable public mutating func decode(from queue: inout ByteQueue) throws(FramingError) -> Reading.Incoming? {
        try reading.decode(from: &queue)
    }

    /// The next message, when no more bytes will come: see ``Framing/decodeLast(from:)``.
    ///
    /// - Throws: ``FramingError`` as the one that reads.
    @inlinable public mutating func decodeLast(from queue: inout ByteQueue) throws(FramingError) -> Reading.Incoming? {
        try reading.decodeLast(from: &queue)
    }

    /// Adds a message's frame.
    ///
    /// - Throws: ``FramingError`` as the one that writes.
    @inlinable public func encode(_ message: Writing.Outgoing, into output: inout [UInt8]) throws(FramingError) {
        try writing.encode(message, into: &output)
    }
}

extension Framing {
    /// A framing that reads as this one and writes as another: a protocol's requests one way, its answers the other.
    ///
    /// ```swift
    /// struct Question: Sendable { var words: [Substring] }
    /// let questions = LineFraming().text.mapping { Question(words: $0.split(separator: " ")) } encode: { $0.words.joined(separator: " ") }
    /// let answers = VarintFraming().text
    /// let server = FramedMachine(questions.writing(answers)) { question in ["\(question.words.count) words"] }
    /// let client = answers.writing(questions)
    /// ```
    @inlinable public func writing<Writing: Framing>(_ other: Writing) -> TwoWayFraming<Self, Writing> {
        TwoWayFraming(self, other)
    }
}
