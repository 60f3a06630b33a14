import Layers
import SocketModel

/// Every framing of bytes, and stacks of them: any split of a stream gives the same messages and the same error, and what was read is written
/// and read again.
func fuzzFrames(_ bytes: [UInt8]) throws {
    var script = Script(bytes)
    let (kind, limit, flag) = (script.pick(8), script.pick(40), script.pick(2) == 1)
    switch kind {
    case 0: try check(DelimiterFraming([65, 65, 66], limit: limit, keepsDelimiter: flag), &script)
    case 1: try check(DelimiterFraming([10, 13, 10], limit: limit, allowsUnterminated: flag), &script)
    case 2: try check(FixedFraming(limit + 1), &script)
    case 3: try check(LengthPrefixedFraming(.one, lengthIncludesPrefix: flag, limit: limit), &script)
    case 4: try check(LengthPrefixedFraming(.three, .little, lengthIncludesPrefix: flag, limit: limit), &script)
    case 5: try check(LengthPrefixedFraming(.eight, limit: limit), &script)
    case 6: try check(VarintFraming(limit: limit, canonical: flag), &script)
    default: try check(VarintFraming(limit: limit).over(LengthPrefixedFraming(.one, limit: 20)), &script)
    }
}

private struct Reading: Equatable {
    var messages: [Chunk] = []
    var error: FramingError?

    init(_ framing: some Framing<Chunk, Chunk>, _ pieces: [[UInt8]]) {
        var decoder = FrameDecoder(framing)
        do throws(FramingError) {
            for piece in pieces {
                decoder.append(Chunk(piece))
                while let message = try decoder.next() { messages.append(message) }
            }
            decoder.end()
            while let message = try decoder.next() { messages.append(message) }
        } catch {
            self.error = error
        }
    }
}

private func check(_ framing: some Framing<Chunk, Chunk>, _ script: inout Script) throws {
    var pieces: [[UInt8]] = []
    while !script.isOver { pieces.append(script.bytes(1 + script.pick(24))) }
    let whole = Reading(framing, [Array(pieces.joined())])
    try demand(Reading(framing, pieces), equals: whole, "\(framing), in pieces")
    let written = whole.messages.compactMap { try? framing.encoded($0) }
    guard written.count == whole.messages.count else { return }
    let again = Reading(framing, written.map(\.array))
    try demand(again.messages, equals: whole.messages, "\(framing), written and read again")
}
