import Layers
import SocketModel
import Testing

/// Frames whose size is known before they end.
@Suite struct `Sized framing` {
    @Test func `a length is read in its width and order`() {
        for (width, endianness, bytes) in [
            (.one, .big, [3]), (.one, .little, [3]), (.two, .big, [0, 3]), (.two, .little, [3, 0]),
            (.three, .big, [0, 0, 3]), (.three, .little, [3, 0, 0]), (.four, .big, [0, 0, 0, 3]),
            (.four, .little, [3, 0, 0, 0]), (.eight, .big, [0, 0, 0, 0, 0, 0, 0, 3]),
            (.eight, .little, [3, 0, 0, 0, 0, 0, 0, 0]),
        ] as [(LengthPrefixedFraming.Width, LengthPrefixedFraming.Endianness, [UInt8])] {
            let framing = LengthPrefixedFraming(width, endianness)
            #expect(Reading(framing, [Chunk(bytes), "abc"]).texts == ["abc"])
            #expect((try? framing.encoded("abc")) == Chunk(bytes + "abc".utf8))
        }
    }

    @Test func `a length may count its own bytes`() throws {
        let framing = LengthPrefixedFraming(.two, lengthIncludesPrefix: true)
        #expect(try framing.encoded("abc") == [0, 5, 97, 98, 99])
        #expect(Reading(framing, [[0, 5, 97, 98, 99, 0, 2]]).texts == ["abc", ""])
        #expect(Reading(framing, [[0, 2, 0, 1]]).error == FramingError(.lengthTooSmall(minimum: 2), at: 2))
    }

    @Test func `a length beyond the limit is told without its bytes`() {
        let framing = LengthPrefixedFraming(.eight, limit: 5)
        let largest = [UInt8](repeating: 0xFF, count: 8)
        #expect(Reading(framing, [Chunk(largest)]).error == FramingError(.frameTooLong(limit: 5), at: 0))
        #expect(Reading(framing, [[0, 0, 0, 0, 0, 0, 0, 6]]).error == FramingError(.frameTooLong(limit: 5), at: 0))
        #expect(Reading(framing, [[0, 0, 0, 0, 0, 0, 0, 5], "12345"]).texts == ["12345"])
        #expect(throws: FramingError(.frameTooLong(limit: 5))) { try framing.encoded("123456") }
    }

    @Test func `a limit is brought to what the prefix can say`() throws {
        #expect(LengthPrefixedFraming(.one).limit == 255)
        #expect(LengthPrefixedFraming(.one, lengthIncludesPrefix: true).limit == 254)
        #expect(LengthPrefixedFraming(.two, limit: -1).limit == 0)
        #expect(LengthPrefixedFraming(.eight, limit: .max).limit == 1 << 30)
        let longest = LengthPrefixedFraming(.one, lengthIncludesPrefix: true)
        #expect(try longest.encoded(Chunk([UInt8](repeating: 7, count: 254))).first == 255)
        #expect(throws: FramingError(.frameTooLong(limit: 254))) {
            try longest.encoded(Chunk([UInt8](repeating: 7, count: 255)))
        }
    }

    @Test func `a stream that ends within a frame is truncated`() throws {
        for bytes in [[0], [0, 3], [0, 3, 97, 98]] as [Chunk] {
            #expect(
                Reading(LengthPrefixedFraming(.two), [[0, 0], bytes]).error == FramingError(.truncated, at: 2))
        }
        #expect(Reading(try FixedFraming(2), ["abc"]).error == FramingError(.truncated, at: 2))
        #expect(Reading(VarintFraming(), [[0x80]]).error == FramingError(.truncated, at: 0))
    }

    @Test func `fixed frames have one size`() throws {
        #expect(Reading(try FixedFraming(2), ["a", "bc", "d"]).texts == ["ab", "cd"])
        #expect(throws: FramingError(.wrongSize(expected: 2))) { try FixedFraming(2).encoded("abc") }
        #expect(throws: FramingError(.invalidSize(0))) { try FixedFraming(0) }
        #expect(throws: FramingError(.invalidSize(.max))) { try FixedFraming(.max) }
    }

    @Test func `varints are those of protobuf`() {
        for (number, bytes) in [
            (0, [0]), (1, [1]), (127, [0x7F]), (128, [0x80, 1]), (300, [0xAC, 2]), (16_384, [0x80, 0x80, 1]),
            (1 << 63, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]),
            (.max, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
        ] as [(UInt64, [UInt8])] {
            var output: [UInt8] = []
            Varint.append(number, to: &output)
            #expect(output == bytes && Varint.size(of: number) == bytes.count)
            #expect(Varint.read(bytes.span) == .number(number, size: bytes.count))
            #expect(Varint.read((bytes + [0xFF]).span) == .number(number, size: bytes.count))
            #expect(Varint.read(Array(bytes.dropLast()).span) == .incomplete)
        }
    }

    @Test func `a varint of more than ten bytes or 64 bits is malformed`() {
        let nine = [UInt8](repeating: 0x80, count: 9)
        for bytes in [nine + [2], nine + [0x80], nine + [0x80, 0], nine + [0x7F]] {
            #expect(Varint.read(bytes.span) == .malformed)
            #expect(Reading(VarintFraming(), [[0], Chunk(bytes)]).error == FramingError(.malformedVarint, at: 1))
        }
        #expect(Varint.read((nine + [0]).span) == .number(0, size: 10))
    }

    @Test func `a varint longer than it need be is refused if it must be canonical`() {
        #expect(Reading(VarintFraming(), [[0x81, 0], "a"]).texts == ["a"])
        let canonical = Reading(VarintFraming(canonical: true), [[0x81, 0], "a"])
        #expect(canonical.error == FramingError(.overlongVarint, at: 0))
        #expect(Reading(VarintFraming(canonical: true), [[1], "a"]).texts == ["a"])
    }

    @Test func `a varint's length beyond the limit is told without its bytes`() {
        #expect(
            Reading(VarintFraming(limit: 300), [[0xAD, 2]]).error == FramingError(.frameTooLong(limit: 300), at: 0))
        #expect(throws: FramingError(.frameTooLong(limit: 1))) { try VarintFraming(limit: 1).encoded("ab") }
    }
}
