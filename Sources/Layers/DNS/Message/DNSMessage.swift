public import SocketModel

/// A message of the Domain Name System: a question, or the answer to one (RFC 1035, section 4).
///
/// ```swift
/// let query = DNSMessage(id: 4711, asking: DNSQuestion(try DNSName(parsing: "example.org"), .aaaa))
/// let bytes = try query.encoded()
/// let same = try DNSMessage(decoding: bytes)
/// print(same.questions[0])  // example.org. IN AAAA
/// ```
///
/// Decoding takes time in proportion to the bytes, and memory to at most 128 times as many: 65535 bytes are the most.
public struct DNSMessage: Hashable, Sendable {
    /// Which answer belongs to which question.
    public var id: UInt16
    /// Whether it is an answer: `QR`.
    public var isResponse: Bool
    /// What kind it is, 0...15.
    public var opcode: DNSOpcode
    /// The other bits of the header.
    public var flags: DNSFlags
    /// What came of the question, 0...4095.
    public var responseCode: DNSResponseCode
    /// What is asked, one question as a rule.
    public var questions: [DNSQuestion]
    /// The records that answer it.
    public var answers: [DNSRecord]
    /// The records of the servers that would know, and of what is not there.
    public var authorities: [DNSRecord]
    /// The records that may be of use, without the extension of the header.
    public var additionals: [DNSRecord]
    /// The extension of the header, which is the last record when it is encoded; nil for none.
    public var extensions: DNSExtensions?

    /// A message of these parts.
    public init(
        id: UInt16, isResponse: Bool = false, opcode: DNSOpcode = .query, flags: DNSFlags = [],
        responseCode: DNSResponseCode = .noError, questions: [DNSQuestion] = [], answers: [DNSRecord] = [],
        authorities: [DNSRecord] = [], additionals: [DNSRecord] = [], extensions: DNSExtensions? = nil
    ) {
        self.id = id
        self.isResponse = isResponse
        self.opcode = opcode
        self.flags = flags
        self.responseCode = responseCode
        self.questions = questions
        self.answers = answers
        self.authorities = authorities
        self.additionals = additionals
        self.extensions = extensions
    }

    /// A question to a server that shall find out what it does not know.
    public init(id: UInt16, asking question: DNSQuestion, extensions: DNSExtensions? = DNSExtensions()) {
        self.init(id: id, flags: .recursionDesired, questions: [question], extensions: extensions)
    }

    /// An answer to this question, so far empty.
    public func response(_ code: DNSResponseCode = .noError, flags: DNSFlags = []) -> DNSMessage {
        DNSMessage(
            id: id, isResponse: true, opcode: opcode, flags: flags.union(self.flags.intersection(.recursionDesired)),
            responseCode: code, questions: questions, extensions: extensions.map { _ in DNSExtensions() })
    }

    /// The longest message in bytes: 65535.
    public static let maximumLength = 65_535
}

// MARK: Decoding

extension DNSMessage {
    /// Reads a message, all of the bytes.
    ///
    /// - Throws: ``DNSDecodingError``, which says what is wrong and where.
    public init(decoding bytes: borrowing some ByteSource & ~Copyable & ~Escapable) throws(DNSDecodingError) {
        self = try Self.read(bytes) { reader throws(DNSDecodingError) in
            var message = DNSMessage(id: 0)
            let rest = try message.readAnswers(from: &reader)
            try message.readRest(rest, from: &reader)
            guard reader.remaining == 0 else { throw reader.error(.trailingBytes) }
            return message
        }
    }

    /// Reads a message as far as its answers, and of the rest what can be read: that is for who asks and wants no more than them.
    init(decodingAnswersOf bytes: Chunk) throws(DNSDecodingError) {
        self = try Self.read(bytes) { reader throws(DNSDecodingError) in
            var message = DNSMessage(id: 0)
            let rest = try message.readAnswers(from: &reader)
            try? message.readRest(rest, from: &reader)
            return message
        }
    }

    private static func read(
        _ bytes: borrowing some ByteSource & ~Copyable & ~Escapable,
        _ body: (inout DNSReader) throws(DNSDecodingError) -> DNSMessage
    ) throws(DNSDecodingError) -> DNSMessage {
        try unsafe bytes.withBytes { bytes throws(DNSDecodingError) in
            guard bytes.count <= Self.maximumLength else { throw DNSDecodingError(.tooLong, at: Self.maximumLength) }
            var reader = unsafe DNSReader(bytes)
            return try body(&reader)
        }
    }

    /// Reads the head, the questions and the answers.
    ///
    /// - Returns: How many records follow, of servers and of other use.
    private mutating func readAnswers(
        from reader: inout DNSReader
    ) throws(DNSDecodingError) -> (authorities: UInt16, additionals: UInt16) {
        let id = try reader.readUInt16()
        let bits = try reader.readUInt16()
        self = DNSMessage(
            id: id, isResponse: bits & 0x8000 != 0, opcode: DNSOpcode(rawValue: UInt8(bits >> 11 & 15)),
            flags: DNSFlags(rawValue: bits).intersection(.all), responseCode: DNSResponseCode(rawValue: bits & 15))
        let counts = (
            try reader.readUInt16(), try reader.readUInt16(), try reader.readUInt16(), try reader.readUInt16()
        )
        // No entry is shorter than that, whatever the header promises.
        questions.reserveCapacity(min(Int(counts.0), reader.remaining / 5))
        for _ in 0..<counts.0 { questions.append(try DNSQuestion(from: &reader)) }
        answers = try Self.records(counts.1, from: &reader)
        return (counts.2, counts.3)
    }

    private mutating func readRest(
        _ counts: (authorities: UInt16, additionals: UInt16), from reader: inout DNSReader
    ) throws(DNSDecodingError) {
        authorities = try Self.records(counts.authorities, from: &reader)
        additionals.reserveCapacity(min(Int(counts.additionals), reader.remaining / 11))
        var upperCode: UInt8 = 0
        for _ in 0..<counts.additionals { try readAdditional(from: &reader, upperCode: &upperCode) }
        responseCode = DNSResponseCode(rawValue: UInt16(upperCode) << 4 | responseCode.rawValue)
    }

    private static func records(_ count: UInt16, from reader: inout DNSReader) throws(DNSDecodingError) -> [DNSRecord] {
        var records: [DNSRecord] = []
        records.reserveCapacity(min(Int(count), reader.remaining / 11))
        for _ in 0..<count {
            let start = reader.offset
            let record = try DNSRecord(from: &reader)
            if record.type == .opt { throw DNSDecodingError(.invalidExtension, at: start) }
            records.append(record)
        }
        return records
    }

    private mutating func readAdditional(
        from reader: inout DNSReader, upperCode: inout UInt8
    ) throws(DNSDecodingError) {
        let start = reader.offset
        let name = try reader.readName()
        let type = DNSRecordType(rawValue: try reader.readUInt16())
        guard type == .opt else {
            additionals.append(try DNSRecord(name, type, from: &reader))
            return
        }
        guard name.isRoot, extensions == nil else { throw DNSDecodingError(.invalidExtension, at: start) }
        extensions = try DNSExtensions(from: &reader, upperCode: &upperCode)
    }
}

// MARK: Encoding

extension DNSMessage {
    /// The bytes of the message, its names compressed as RFC 1035 and RFC 3597 allow.
    ///
    /// - Throws: ``DNSEncodingError`` for what does not fit.
    public func encoded() throws(DNSEncodingError) -> [UInt8] {
        let lists = [answers, authorities, additionals]
        let extra = extensions == nil ? 0 : 1
        guard max(questions.count, answers.count, authorities.count, additionals.count + extra) <= UInt16.max else {
            throw .tooManyRecords
        }
        guard responseCode.rawValue < (extensions == nil ? 16 : 4096) else { throw .responseCodeNeedsExtensions }
        var writer = DNSWriter(capacity: 512)
        writeHeader(to: &writer, additionals: additionals.count + extra)
        for question in questions { question.write(to: &writer) }
        for list in lists {
            for record in list {
                try record.write(to: &writer)
                // What cannot become a message is not written to its end.
                guard writer.bytes.count <= Self.maximumLength else { throw .messageTooLong }
            }
        }
        try extensions?.write(to: &writer, upperCode: UInt8(truncatingIfNeeded: responseCode.rawValue >> 4))
        guard writer.bytes.count <= Self.maximumLength else { throw .messageTooLong }
        return writer.bytes
    }

    private func writeHeader(to writer: inout DNSWriter, additionals: Int) {
        writer.write(id)
        let kind = (isResponse ? 0x8000 : 0) | UInt16(opcode.rawValue & 15) << 11
        writer.write(kind | flags.intersection(.all).rawValue | responseCode.rawValue & 15)
        for count in [questions.count, answers.count, authorities.count, additionals] {
            writer.write(UInt16(truncatingIfNeeded: count))
        }
    }
}

extension DNSMessage: CustomStringConvertible {
    /// The message in lines, as `dig` writes it.
    public var description: String {
        var lines = [
            ";; opcode: \(opcode), status: \(responseCode), id: \(id)",
            ";; flags: \([isResponse ? "qr" : "", flags.description].filter { !$0.isEmpty }.joined(separator: " "))",
        ]
        if let extensions {
            lines += ";; EDNS: \(extensions)".split(separator: "\n").map {
                $0.hasPrefix(";;") ? String($0) : ";; \($0)"
            }
        }
        lines += [";; QUESTION:"] + questions.map { ";\($0)" }
        for (title, records) in [("ANSWER", answers), ("AUTHORITY", authorities), ("ADDITIONAL", additionals)]
        where !records.isEmpty {
            lines += [";; \(title):"] + records.map(\.description)
        }
        return lines.joined(separator: "\n")
    }
}
