// From bytes to messages, against loops in C that own and copy nothing, and against getline(3), which copies.
//
//     swift run -c release --package-path Benchmarks framing
//
// Ours takes 64 KiB at a time, as received: in memory that is lent, of which a message is a part, and in arrays, from which it is copied. A frame at
// the end of one chunk goes on in the next. C has all of it in one piece.

import CFraming
import Layers
import Measurement
import SocketModel

/// Memory as a backend lends it.
final class Lent: LentBuffer, @unchecked Sendable {
    init(_ bytes: some Collection<UInt8>) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        super.init(lending: memory)
    }

    deinit { memory.deallocate() }
}

/// So many messages of so many bytes, framed.
struct Sample<Format: Framing<Chunk>> {
    let name: String
    let framing: Format
    let bytes: [UInt8]
    let lent: [Chunk]
    let arrays: [Chunk]
    static var count: Int { 4000 }

    init(_ name: String, _ framing: Format, size: Int) throws {
        self.name = "\(name) of \(size) B"
        self.framing = framing
        let message = Chunk([UInt8](repeating: UInt8(ascii: "x"), count: size))
        bytes = Array(repeatElement(try framing.encoded(message), count: Self.count).joined())
        let pieces = stride(from: 0, to: bytes.count, by: 65_536).map { [bytes] in
            bytes[$0..<min($0 + 65_536, bytes.count)]
        }
        lent = pieces.map { Chunk(Lent($0), offset: 0, count: $0.count) }
        arrays = pieces.map { Chunk(Array($0)) }
    }

    func decode(_ chunks: [Chunk]) -> Int {
        var decoder = FrameDecoder(framing)
        var total = 0
        for chunk in chunks {
            decoder.append(chunk)
            do {
                while let message = try decoder.next() { total &+= message.count }
            } catch {
                fatalError("\(error)")
            }
        }
        return total
    }

    func comparison(
        _ memory: String, _ chunks: [Chunk], bound: Double, _ theirs: @escaping (UnsafeRawPointer?, UInt) -> Int
    ) -> Comparison {
        precondition(decode(chunks) == bytes.withUnsafeBytes { theirs($0.baseAddress, UInt($0.count)) })
        return Comparison("\(name), \(memory)", operations: Self.count, bound: bound) {
            decode(chunks)
        } theirs: {
            bytes.withUnsafeBytes { theirs($0.baseAddress, UInt($0.count)) }
        }
    }
}

var loops: [Comparison] = []
var getline: [Comparison] = []
for size in [20, 80, 1000] {
    let lines = try Sample("lines", LineFraming(), size: size)
    loops.append(lines.comparison("lent", lines.lent, bound: 12, cframing_lines))
    getline.append(lines.comparison("lent", lines.lent, bound: 1.5, cframing_getline))
    getline.append(lines.comparison("array", lines.arrays, bound: 3, cframing_getline))
}
for size in [20, 1000] {
    let lengths = try Sample("length-prefixed", LengthPrefixedFraming(), size: size)
    loops.append(lengths.comparison("lent", lengths.lent, bound: 40, cframing_lengths))
    let varints = try Sample("varint-prefixed", VarintFraming(), size: size)
    loops.append(varints.comparison("lent", varints.lent, bound: 40, cframing_varints))
}
report(loops, against: "C")
print()
report(getline, against: "getline")
