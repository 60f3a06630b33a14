import Layers
import SeededRandomness
import SocketModel
import Testing

/// What is read does not depend on how the bytes came, and what is written is read again.
@Suite struct `Framing any split` {
    private static let seeds = 0..<30 as Range<UInt64>

    /// Bytes that are often special to the framings here.
    private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
        let special: [UInt8] = [0, 1, 2, 3, 5, 10, 10, 13, 65, 66, 0x80, 0x81, 0xC3, 0xBC, 0xFF]
        return (0..<Int.random(in: 0...120, using: &random)).map { _ in
            Int.random(in: 0..<4, using: &random) == 0
                ? UInt8.random(in: 0...255, using: &random)
                : special.randomElement(using: &random) ?? 0
        }
    }

    private func check<Format: Framing>(
        _ framing: Format, _ bytes: [UInt8], _ random: inout SeededGenerator, _ seed: UInt64
    ) where Format.Incoming: Equatable {
        let whole = Reading(framing, [Chunk(bytes)])
        let single = Reading(framing, bytes.map { [$0] })
        #expect(single == whole, "\(framing), seed \(seed), byte by byte")
        for _ in 0..<4 {
            let pieces = random.pieces(bytes)
            #expect(Reading(framing, pieces) == whole, "\(framing), seed \(seed), \(pieces)")
        }
    }

    @Test(arguments: seeds) func `gives the same messages and the same error`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<4 {
            let bytes = Self.bytes(&random)
            let limit = [0, 1, 3, 10, 1000].randomElement(using: &random) ?? 0
            let flag = Bool.random(using: &random)
            for ending in [LineFraming.Ending.any, .lf, .crLF] {
                let lines = LineFraming(ending, limit: limit, keepsEnding: flag, allowsUnterminated: !flag)
                check(lines, bytes, &random, seed)
            }
            check(try DelimiterFraming([10, 13, 10], limit: limit, keepsDelimiter: flag), bytes, &random, seed)
            check(try DelimiterFraming([65, 65, 66], limit: limit, allowsUnterminated: flag), bytes, &random, seed)
            check(try FixedFraming(limit + 1), bytes, &random, seed)
            for width in [LengthPrefixedFraming.Width.one, .two, .three, .four, .eight] {
                for endianness in [LengthPrefixedFraming.Endianness.big, .little] {
                    let framing = LengthPrefixedFraming(width, endianness, lengthIncludesPrefix: flag, limit: limit)
                    check(framing, bytes, &random, seed)
                }
            }
            check(VarintFraming(limit: limit, canonical: flag), bytes, &random, seed)
            check(LineFraming(limit: limit).text, bytes, &random, seed)
            check(LineFraming(limit: limit).text.over(LengthPrefixedFraming(.one, limit: 20)), bytes, &random, seed)
            check(VarintFraming(limit: limit).over(LineFraming(.lf, limit: 20)), bytes, &random, seed)
            check(VarintFraming(limit: limit).writing(LineFraming()), bytes, &random, seed)
        }
    }

    private func checkRound<Format: Framing<Chunk, Chunk>>(
        _ framing: Format, _ messages: [Chunk], _ random: inout SeededGenerator, _ seed: UInt64
    ) {
        var written: [Chunk] = []
        var output: [UInt8] = []
        for message in messages {
            guard let frame = try? framing.encoded(message) else { continue }
            #expect(frame.count <= framing.maximumFrameSize)
            written.append(message)
            output += frame
        }
        let reading = Reading(framing, random.pieces(output))
        #expect(reading.messages == written.map { .success($0) }, "\(framing), seed \(seed)")
        #expect(reading.error == nil)
    }

    @Test(arguments: seeds) func `gives back what was written`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let messages = (0..<40).map { _ in Chunk(Self.bytes(&random)) }
        for ending in [LineFraming.Ending.any, .lf, .crLF] {
            checkRound(LineFraming(ending, limit: 100), messages, &random, seed)
        }
        for delimiter in [[10, 13, 10], [65, 65, 66], [66, 65, 66]] as [Chunk] {
            checkRound(try DelimiterFraming(delimiter, limit: 100), messages, &random, seed)
        }
        checkRound(try FixedFraming(messages[0].count + 1), messages.map { $0 + [1] }.map { Chunk($0) }, &random, seed)
        for width in [LengthPrefixedFraming.Width.one, .two, .three, .four, .eight] {
            for includes in [false, true] {
                let framing = LengthPrefixedFraming(width, .little, lengthIncludesPrefix: includes, limit: 110)
                checkRound(framing, messages, &random, seed)
            }
        }
        checkRound(VarintFraming(canonical: true), messages, &random, seed)
        checkRound(VarintFraming().over(LengthPrefixedFraming(.two)).over(FixedSplits()), messages, &random, seed)
    }

    /// Passes bytes on as they come, one by one.
    private struct FixedSplits: Framing {
        var maximumFrameSize: Int { 1000 }
        mutating func decode(from queue: inout ByteQueue) -> Chunk? { queue.isEmpty ? nil : queue.take(1) }
        func encode(_ message: Chunk, into output: inout [UInt8]) { output += message }
    }
}
