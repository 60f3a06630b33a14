import Layers
import SocketModel

@testable import Sockets

/// A stream cut into pieces anywhere: the lines of a sequence and of a file are those of the whole stream.
func fuzzLines(_ bytes: [UInt8]) throws {
    var script = Script(bytes)
    let limit = script.pick(40)
    var pieces: [[UInt8]] = []
    while !script.isOver { pieces.append(script.bytes(1 + script.pick(24))) }
    let stream = Array(pieces.joined())
    try demand(split(pieces, limit: limit), equals: expectedLines(of: stream, limit: limit), "lines of up to \(limit)")
    try demand(readLines(pieces), equals: wholeLines(of: stream), "lines of a file")
}

/// The lines before the first that is too long, and whether there is one.
private struct Lines: Equatable {
    var lines: [[UInt8]] = []
    var isTooLong = false
}

private func split(_ pieces: [[UInt8]], limit: Int) -> Lines {
    var decoder = FrameDecoder(LineFraming(limit: limit))
    var result = Lines()
    do {
        for piece in pieces {
            decoder.append(Chunk(piece))
            while let line = try decoder.next() { result.lines.append(line.array) }
        }
        decoder.end()
        while let line = try decoder.next() { result.lines.append(line.array) }
    } catch {
        result.isTooLong = true
    }
    return result
}

private func expectedLines(of stream: [UInt8], limit: Int) -> Lines {
    var result = Lines()
    for line in wholeLines(of: stream) {
        var text = line[...]
        if text.last == 10 {
            text.removeLast()
            if text.last == 13 { text.removeLast() }
        }
        guard text.count <= limit else {
            result.isTooLong = true
            return result
        }
        result.lines.append(Array(text))
    }
    return result
}

private func wholeLines(of stream: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    for byte in stream {
        line.append(byte)
        if byte == 10 {
            lines.append(line)
            line = []
        }
    }
    return line.isEmpty ? lines : lines + [line]
}

private func readLines(_ pieces: [[UInt8]]) -> [[UInt8]] {
    var input = InputBuffer()
    var lines: [[UInt8]] = []
    for piece in pieces {
        input.append(Chunk(piece))
        while let length = input.lineLength() { lines.append(input.take(length).array) }
    }
    return input.count == 0 ? lines : lines + [input.take(input.count).array]
}
