import Layers
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

/// So many messages of so many bytes, framed, and received 64 KiB at a time: in memory that is lent, of which a message is a part, and in arrays,
/// from which it is copied. A frame at the end of one chunk goes on in the next.
struct FramedSample<Format: Framing<Chunk, Chunk>>: Sendable {
    static var count: Int { 4000 }

    let name: String
    private let framing: Format
    private let bytes: [UInt8]
    private let lent: [Chunk]
    private let arrays: [Chunk]

    init(_ name: String, _ framing: Format, size: Int) {
        self.name = "\(name) of \(size) B"
        self.framing = framing
        let message = Chunk([UInt8](repeating: UInt8(ascii: "x"), count: size))
        guard let frame = try? framing.encoded(message) else { fatalError("\(name) cannot have \(size) bytes") }
        bytes = Array(repeatElement(frame, count: Self.count).joined())
        let pieces = stride(from: 0, to: bytes.count, by: 65_536).map { [bytes] in
            bytes[$0..<min($0 + 65_536, bytes.count)]
        }
        lent = pieces.map { Chunk(Lent($0), offset: 0, count: $0.count) }
        arrays = pieces.map { Chunk(Array($0)) }
    }

    private func decode(_ chunks: [Chunk]) -> Int {
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

    /// Beside C, which has all of it in one piece.
    func pair(
        lent isLent: Bool, _ beside: String, _ theirs: @escaping @Sendable (UnsafeRawPointer?, UInt) -> Int
    ) -> Pair {
        let chunks = isLent ? lent : arrays
        precondition(decode(chunks) == bytes.withUnsafeBytes { theirs($0.baseAddress, UInt($0.count)) })
        return Pair(name: "\(name), \(isLent ? "lent" : "array") beside \(beside)", operations: Self.count) {
            decode(chunks)
        } theirs: {
            bytes.withUnsafeBytes { theirs($0.baseAddress, UInt($0.count)) }
        }
    }
}
