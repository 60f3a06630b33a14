import Layers
import SeededRandomness
import SocketModel
import Testing

@Suite struct `A DNS message` {
    @Test(arguments: CapturedMessages.all)
    func `of a server is read as another program reads it`(captured: CapturedMessage) throws {
        let message = try DNSMessage(decoding: captured.bytes)
        #expect(message.answers.map(\.description).sorted() == captured.answers.sorted())
        #expect(message.questions.map(\.description) == [captured.question.replacing(" IN ", with: " IN ")])
        #expect(message.isResponse && message.id == 0x1234)
        #expect(message.extensions?.payloadSize == 1232)
    }

    @Test(arguments: CapturedMessages.all)
    func `of a server is the same after it was encoded and read again`(captured: CapturedMessage) throws {
        let message = try DNSMessage(decoding: captured.bytes)
        #expect(try DNSMessage(decoding: message.encoded()) == message)
        #expect(try message.encoded().count <= captured.bytes.count)
    }

    @Test func `that says a name is not there has the zone's SOA`() throws {
        let captured = try #require(CapturedMessages.all.first { $0.question.hasPrefix("missing") })
        let message = try DNSMessage(decoding: captured.bytes)
        #expect(message.responseCode == .nameError)
        #expect(message.authorities.map(\.type) == [.soa])
    }

    @Test(arguments: 0..<20) func `of any content is the same after it was encoded and read again`(seed: UInt64) throws
    {
        var messages = RandomMessages(seed: seed)
        for _ in 0..<25 {
            let message = messages.next()
            let bytes = try message.encoded()
            let again = try DNSMessage(decoding: bytes)
            #expect(again == message)
            #expect(again.description == message.description)
            // Names keep their case, and so the bytes are the same.
            #expect(try again.encoded() == bytes)
        }
    }

    @Test func `is read from any kind of bytes`() throws {
        let bytes = CapturedMessages.all[0].bytes
        let message = try DNSMessage(decoding: bytes)
        #expect(try DNSMessage(decoding: Chunk(bytes)) == message)
        let span = try unsafe DNSMessage(decoding: bytes.span.bytes)
        #expect(span == message)
    }

    @Test func `is compressed`() throws {
        let name = try DNSName(parsing: "a.long.name.example.org")
        let record = DNSRecord(name, timeToLive: 1, .a(IPv4Address(192, 0, 2, 1)))
        let message = DNSMessage(
            id: 1, isResponse: true, questions: [DNSQuestion(name, .a)], answers: Array(repeating: record, count: 10))
        #expect(try message.encoded().count == 12 + name.wireLength + 4 + 10 * (2 + 10 + 4))
    }

    @Test func `is encoded in bounded time, however many names it has`() throws {
        let records = try (0..<2000).map {
            DNSRecord(try DNSName(parsing: "x\($0).y\($0).example.org"), timeToLive: 1, .a(.loopback))
        }
        let message = DNSMessage(id: 1, answers: records)
        #expect(try DNSMessage(decoding: message.encoded()) == message)
    }

    @Test func `that does not fit is refused`() throws {
        let texts = DNSRecordData.txt(Array(repeating: Array(repeating: 65, count: 255), count: 200))
        let record = DNSRecord(.root, timeToLive: 1, texts)
        #expect(throws: DNSEncodingError.messageTooLong) { try DNSMessage(id: 1, answers: [record, record]).encoded() }
        #expect(throws: DNSEncodingError.dataTooLong(.txt)) {
            let text = DNSRecordData.txt([Array(repeating: 65, count: 256)])
            return try DNSMessage(id: 1, answers: [DNSRecord(.root, timeToLive: 1, text)]).encoded()
        }
        #expect(throws: DNSEncodingError.responseCodeNeedsExtensions) {
            try DNSMessage(id: 1, responseCode: .badVersion).encoded()
        }
        #expect(throws: DNSEncodingError.unorderedParameters) {
            let binding = DNSServiceBinding(priority: 1, target: .root, parameters: [.init(.port), .init(.alpn)])
            return try DNSMessage(id: 1, answers: [DNSRecord(.root, timeToLive: 1, .svcb(binding))]).encoded()
        }
    }
}

@Suite struct `Bytes that are no DNS message` {
    @Test(arguments: CapturedMessages.all) func `because they end too early are refused`(captured: CapturedMessage) {
        let bytes = captured.bytes
        let offsets = bytes.indices.map { count in
            do throws(DNSDecodingError) {
                _ = try DNSMessage(decoding: bytes[..<count])
                return Int.max
            } catch {
                return error.offset
            }
        }
        #expect(zip(offsets, bytes.indices).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: CapturedMessages.all) func `or perhaps are, with a bit turned, never trap`(
        captured: CapturedMessage
    ) throws {
        for bit in 0..<captured.bytes.count * 8 {
            var bytes = captured.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let message = try? DNSMessage(decoding: bytes) else { continue }
            if try DNSMessage(decoding: message.encoded()) != message { Issue.record("bit \(bit): \(message)") }
        }
    }

    @Test(arguments: 0..<20) func `but random never trap`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var bytes = CapturedMessages.all[Int.random(in: 0..<CapturedMessages.all.count, using: &generator)].bytes
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = try? DNSMessage(decoding: bytes).description
        }
    }

    private static let header: [UInt8] = [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]

    @Test(arguments: [
        ([0xC0, 12, 0, 1, 0, 1], DNSDecodingError.Code.invalidPointer, 12),
        ([0xC0, 200, 0, 1, 0, 1], .invalidPointer, 12),
        ([1, 97, 0xC0, 12, 0, 1, 0, 1], .invalidPointer, 14),
        ([0x40, 0, 0, 1, 0, 1], .invalidLabel, 12),
        ([0x80, 0, 0, 1, 0, 1], .invalidLabel, 12),
        ([63], .truncated, 12),
        ([0, 0, 1, 0, 1, 7], .trailingBytes, 17),
        ([], .truncated, 12),
    ]) func `say what is wrong with them and where`(question: [UInt8], code: DNSDecodingError.Code, offset: Int) {
        let error = #expect(throws: DNSDecodingError.self) { try DNSMessage(decoding: Self.header + question) }
        #expect(error?.code == code)
        #expect(error?.offset == offset)
    }

    @Test func `because pointers lead to pointers without end are refused soon`() {
        // Each record's name is a pointer to the one before, which is one, too.
        var bytes: [UInt8] = [0, 1, 0x80, 0, 0, 1, 0x0F, 0xFF, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1]
        var target = 12
        for _ in 0..<0x0FFF {
            let place = bytes.count
            bytes += [0xC0 | UInt8(target >> 8), UInt8(target & 0xFF), 0, 99, 0, 1, 0, 0, 0, 0, 0, 0]
            target = min(place, 0x3FFF)
        }
        let error = #expect(throws: DNSDecodingError.self) { try DNSMessage(decoding: bytes) }
        #expect(error?.code == .nameTooLong)
    }

    @Test func `because a name is too long are refused`() {
        let label: [UInt8] = [63] + Array(repeating: 97, count: 63)
        let name = label + label + label + label + [0]
        let error = #expect(throws: DNSDecodingError.self) {
            try DNSMessage(decoding: Self.header + name + [0, 1, 0, 1])
        }
        #expect(error?.code == .nameTooLong)
    }

    @Test func `because there are two OPT records are refused`() throws {
        let once = try DNSMessage(id: 1, asking: DNSQuestion(.root, .ns)).encoded()
        var twice = once + once.suffix(11)
        twice[11] = 2
        let error = #expect(throws: DNSDecodingError.self) { try DNSMessage(decoding: twice) }
        #expect(error?.code == .invalidExtension)
        #expect(error?.offset == once.count)
    }

    @Test(arguments: [
        (DNSRecordType.a, [1, 2, 3] as [UInt8]), (.a, [1, 2, 3, 4, 5]), (.a, []), (.aaaa, [1]), (.mx, [0, 1]),
        (.txt, []), (.txt, [2, 65]), (.soa, [0, 0]), (.srv, [0, 0, 0, 0, 0, 0]), (.nsec, [0, 0, 0]),
        (.nsec, [0, 0, 33]), (.nsec, [0, 1, 1, 1, 0, 1, 1]), (.svcb, [0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0]),
        (.caa, [0, 9]),
    ]) func `because a record's data are not of its type are refused`(type: DNSRecordType, data: [UInt8]) throws {
        let record = DNSRecord(.root, timeToLive: 0, .other(type, data))
        let bytes = try DNSMessage(id: 1, answers: [record]).encoded()
        let error = #expect(throws: DNSDecodingError.self) { try DNSMessage(decoding: bytes) }
        #expect(error?.code == .invalidDataLength || error?.code == .invalidData)
    }
}
