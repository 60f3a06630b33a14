import Layers
import SocketModel
import Testing

@Suite struct `Line framing` {
    private typealias Row = (text: String, any: [String], lf: [String], crLF: [String])

    private static let rows: [Row] = [
        ("", [], [], []),
        ("\n", [""], [""], ["\n"]),
        ("\r\n", [""], ["\r"], [""]),
        ("a\nb\r\nc\n", ["a", "b", "c"], ["a", "b\r", "c"], ["a\nb", "c\n"]),
        ("no end", ["no end"], ["no end"], ["no end"]),
        ("no end\r", ["no end\r"], ["no end\r"], ["no end\r"]),
        ("carriage\rreturn\n", ["carriage\rreturn"], ["carriage\rreturn"], ["carriage\rreturn\n"]),
        ("two\r\r\n", ["two\r"], ["two\r\r"], ["two\r"]),
        ("a\r\n\r\nb", ["a", "", "b"], ["a\r", "\r", "b"], ["a", "", "b"]),
    ]

    @Test func `each kind of ending ends lines, and no other`() {
        for row in Self.rows {
            #expect(Reading(LineFraming(), [Chunk(row.text)]).texts == row.any)
            #expect(Reading(LineFraming(.lf), [Chunk(row.text)]).texts == row.lf)
            #expect(Reading(LineFraming(.crLF), [Chunk(row.text)]).texts == row.crLF)
        }
    }

    @Test func `lines that keep their endings are the whole text`() {
        for row in Self.rows {
            for ending in [LineFraming.Ending.any, .lf, .crLF] {
                let reading = Reading(LineFraming(ending, keepsEnding: true), [Chunk(row.text)])
                #expect(reading.texts.joined() == row.text)
            }
        }
    }

    @Test func `an unterminated last line is an error where none is allowed`() {
        let reading = Reading(LineFraming(allowsUnterminated: false), ["a\nb"])
        #expect(reading.texts == ["a"])
        #expect(reading.error == FramingError(.truncated, at: 2))
        #expect(Reading(LineFraming(allowsUnterminated: false), ["a\n"]).error == nil)
    }

    @Test func `a line of the limit is a line, a longer one an error`() {
        for (text, lines, error) in [
            ("1234\n", ["1234"], nil), ("1234\r\n", ["1234"], nil), ("1234", ["1234"], nil), ("ab\n12345\n", ["ab"], 3),
            ("12345\r\n", [], 0), ("12345", [], 0), ("1234\r", [], 0), ("123456", [], 0), ("1234\rx", [], 0),
        ] as [(String, [String], Int?)] {
            let reading = Reading(LineFraming(limit: 4), [Chunk(text)])
            #expect(reading.texts == lines)
            #expect(reading.error == error.map { FramingError(.frameTooLong(limit: 4), at: $0) })
        }
    }

    @Test func `a line too long is told before it ends, as soon as it is certain`() throws {
        var any = FrameDecoder(LineFraming(limit: 3))
        any.append("123\r")
        #expect(try any.next() == nil)
        any.append("\r")
        #expect(throws: FramingError(.frameTooLong(limit: 3), at: 0)) { try any.next() }
        // For good, whatever comes.
        any.append("\n")
        #expect(throws: FramingError(.frameTooLong(limit: 3), at: 0)) { try any.next() }
        #expect(any.bufferedCount == 5)

        var lf = FrameDecoder(LineFraming(.lf, limit: 3))
        lf.append("123\r")
        #expect(throws: FramingError(.frameTooLong(limit: 3), at: 0)) { try lf.next() }
    }

    @Test func `a line that would be read as another is not written`() {
        for (ending, line) in [
            (.any, "a\nb"), (.any, "a\n"), (.any, "a\r"), (.lf, "a\n"), (.crLF, "a\r\nb"), (.crLF, "\r\n"),
        ] as [(LineFraming.Ending, Chunk)] {
            #expect(throws: FramingError(.containsDelimiter)) { try LineFraming(ending).encoded(line) }
        }
        #expect(throws: FramingError(.containsDelimiter)) { try LineFraming(keepsEnding: true).encoded("a\nb\n") }
        #expect(throws: FramingError(.frameTooLong(limit: 2))) { try LineFraming(limit: 2).encoded("abc") }
    }

    @Test func `a line is written with its ending, once`() throws {
        #expect(try LineFraming().encoded("a") == "a\n")
        #expect(try LineFraming(.lf).encoded("a\r") == "a\r\n")
        #expect(try LineFraming(.crLF).encoded("a\n\r") == "a\n\r\r\n")
        #expect(try LineFraming(keepsEnding: true).encoded("a\r\n") == "a\r\n")
        #expect(try LineFraming(.crLF, keepsEnding: true).encoded("a\n") == "a\n\r\n")
        #expect(try LineFraming(limit: 0, keepsEnding: true).encoded("\n") == "\n")
    }
}

@Suite struct `Delimiter framing` {
    @Test func `a frame ends with the whole delimiter`() throws {
        let framing = try DelimiterFraming("--")
        let reading = Reading(framing, ["a-b", "-", "-c---"])
        #expect(reading.texts == ["a-b", "c"])
        #expect(reading.error == FramingError(.truncated, at: 8))
        #expect(Reading(try DelimiterFraming("--", allowsUnterminated: true), ["a--b-"]).texts == ["a", "b-"])
        #expect(Reading(try DelimiterFraming("--", keepsDelimiter: true), ["a--b--"]).texts == ["a--", "b--"])
    }

    @Test func `the beginning of a delimiter does not count to the limit until it is none`() throws {
        var decoder = FrameDecoder(try DelimiterFraming("----", limit: 2))
        decoder.append("ab---")
        #expect(try decoder.next() == nil)
        decoder.append("x")
        #expect(throws: FramingError(.frameTooLong(limit: 2), at: 0)) { try decoder.next() }
    }

    @Test func `a message that ends with a part of the delimiter is not written if that moves its end`() throws {
        let framing = try DelimiterFraming("aba")
        #expect(throws: FramingError(.containsDelimiter)) { try framing.encoded("xab") }
        #expect(try framing.encoded("xa") == "xaaba")
    }

    @Test func `a delimiter has a byte at least`() {
        #expect(throws: FramingError(.emptyDelimiter)) { try DelimiterFraming("") }
    }
}
