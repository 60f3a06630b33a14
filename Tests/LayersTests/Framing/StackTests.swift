import Layers
import SocketModel
import Testing

@Suite struct `Stacks of framings` {
    private struct NoNumber: Error {}

    private static let numbers = LineFraming().text.mapping { text in
        guard let number = Int(text) else { throw NoNumber() }
        return number
    } encode: { number in
        guard number >= 0 else { throw NoNumber() }
        return String(number)
    }

    @Test func `texts are strict UTF-8, and one that is not concerns itself alone`() throws {
        let reading = Reading(LineFraming().text, ["grün\n", [0xC3, 10], "blue\n"])
        #expect(reading.messages == [.success("grün"), .failure(FramingError(.notUTF8, at: 6)), .success("blue")])
        #expect(reading.error == nil)
        #expect(try LineFraming().text.encoded("grün") == "grün\n")
    }

    @Test func `a mapping makes messages, and its errors concern one alone`() throws {
        let reading = Reading(Self.numbers, ["1\nx\n", [0xFF], "\n2"])
        let refused = FramingError(.invalidMessage("NoNumber()"), at: 2)
        #expect(
            reading.messages == [.success(1), .failure(refused), .failure(FramingError(.notUTF8, at: 4)), .success(2)])
        #expect(try Self.numbers.encoded(17) == "17\n")
        #expect(throws: FramingError(.invalidMessage("NoNumber()"))) { try Self.numbers.encoded(-1) }
    }

    @Test func `what is read may be of another kind than what is written`() throws {
        let reading = Self.numbers.writing(VarintFraming().text)
        #expect(Reading(reading, ["1\nx\n2\n", "3"]).texts == ["1", "error", "2", "3"])
        #expect(try reading.encoded("three") == [5, 116, 104, 114, 101, 101])
        let last = VarintFraming(limit: 3).writing(LineFraming())
        #expect(last.maximumFrameSize == VarintFraming(limit: 3).maximumFrameSize)
        #expect(Reading(last, [[2, 65]]).error == FramingError(.truncated, at: 0))
    }

    @Test func `a mapping may be of one way alone`() throws {
        let reading = LineFraming().text.mappingIncoming { Int($0) ?? 0 }
        #expect(Reading(reading, ["17\nno\n"]).texts == ["17", "0"])
        #expect(try reading.encoded("text") == "text\n")
        let writing = LineFraming().text.mappingOutgoing { (number: Int) in "\(number)" }
        #expect(Reading(writing, ["17\n"]).texts == ["17"])
        #expect(try writing.encoded(17) == "17\n")
    }

    @Test func `a mapping that throws a framing error gives its reason`() {
        let framing = LineFraming().mapping { _ -> Chunk in
            throw FramingError(.truncated)
        } encode: {
            $0
        }
        #expect(Reading(framing, ["a\n"]).error == FramingError(.truncated, at: 0))
    }

    @Test func `frames inside frames begin and end anywhere in them`() throws {
        let framing = Self.numbers.over(LengthPrefixedFraming(.one))
        #expect(try framing.encoded(42) == [3, 52, 50, 10])
        #expect(Reading(framing, [[1, 49, 0, 3, 50, 10, 51], [1, 10]]).texts == ["12", "3"])
        // The last line of the inner stream needs no end, and an error says where in that stream it is.
        #expect(Reading(framing, [[2, 49, 50]]).texts == ["12"])
        let strict = LengthPrefixedFraming(.one).over(LengthPrefixedFraming(.one))
        #expect(Reading(strict, [[3, 1, 65, 2], [1, 66]]).error == FramingError(.truncated, at: 2))
        #expect(Reading(strict, [[3, 1, 65, 0, 2, 0]]).error == FramingError(.truncated, at: 4))
    }

    @Test func `an error of the inner frames is one of the whole`() throws {
        let framing = LineFraming(limit: 2).over(LengthPrefixedFraming(.one))
        var decoder = FrameDecoder(framing)
        decoder.append([2, 65, 10, 3, 66, 67, 68])
        #expect(try decoder.next() == "A")
        for _ in 0..<2 {
            #expect(throws: FramingError(.frameTooLong(limit: 2), at: 2)) { try decoder.next() }
        }
    }

    @Test func `what is too long for the outer frames is not written`() {
        let framing = LineFraming().over(LengthPrefixedFraming(.one, limit: 3))
        #expect(throws: FramingError(.frameTooLong(limit: 3))) { try framing.encoded("abc") }
    }

    @Test func `three layers read well`() throws {
        let framing = LineFraming(.crLF).text.over(VarintFraming()).over(DelimiterFraming(0, limit: 100))
        let bytes = try framing.encoded("hello").array + framing.encoded("").array
        #expect(Reading(framing, bytes.map { [$0] }).texts == ["hello", ""])
    }

    /// A framing that waits for more than it says.
    private struct Insatiable: Framing {
        var maximumFrameSize: Int { 3 }
        mutating func decode(from queue: inout ByteQueue) -> Chunk? { nil }
        func encode(_ message: Chunk, into output: inout [UInt8]) { output += message }
    }

    @Test func `no framing makes the queue grow beyond what it says`() throws {
        var decoder = FrameDecoder(Insatiable())
        decoder.append("abc")
        #expect(try decoder.next() == nil)
        decoder.append("d")
        #expect(throws: FramingError(.frameTooLong(limit: 3), at: 0)) { try decoder.next() }
        decoder.append("e")
        #expect(decoder.bufferedCount == 4)
        #expect(Reading(Insatiable(), ["ab"]).error == FramingError(.truncated, at: 0))
    }

    @Test func `what is no message yet can be taken as bytes`() throws {
        var decoder = FrameDecoder(LineFraming().text)
        decoder.append("GET /\n\nbody")
        #expect(try decoder.next() == "GET /")
        #expect(try decoder.next() == "")
        #expect(decoder.bufferedCount == 4)
        #expect(decoder.takeRest() == "body")
        decoder.append("more\n")
        #expect(try decoder.next() == "more")
        decoder.end()
        decoder.append("late\n")
        #expect(try decoder.next() == nil)
    }
}
