import Layers
import SeededRandomness
import SocketModel

/// What a framing has made of bytes: messages and, perhaps, the error that ended them.
struct Reading<Message: Equatable & Sendable>: Equatable {
    /// A message, or the error that skipped one.
    var messages: [Result<Message, FramingError>] = []
    var error: FramingError?

    /// Reads pieces, one after the other, and then the end.
    init<Format: Framing>(_ framing: Format, _ pieces: [Chunk]) where Format.Incoming == Message {
        var decoder = FrameDecoder(framing)
        for piece in pieces {
            decoder.append(piece)
            drain(&decoder)
        }
        decoder.end()
        drain(&decoder)
    }

    private mutating func drain<Format: Framing>(_ decoder: inout FrameDecoder<Format>)
    where Format.Incoming == Message {
        // Far more than any test here has bytes.
        while error == nil, messages.count < 10_000 {
            do throws(FramingError) {
                guard let message = try decoder.next() else { return }
                messages.append(.success(message))
            } catch {
                if error.isRecoverable { messages.append(.failure(error)) } else { self.error = error }
            }
        }
    }

    /// The messages, when no error was among them.
    var texts: [String] { messages.map { (try? $0.get()).map { "\($0)" } ?? "error" } }
}

/// Memory as a backend lends it.
@safe final class LentBytes: LentBuffer, @unchecked Sendable {
    init(_ bytes: [UInt8]) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        unsafe memory.copyBytes(from: bytes)
        unsafe super.init(lending: memory)
    }

    deinit { unsafe memory.deallocate() }
}

extension Chunk {
    /// These bytes, in memory that is lent.
    static func lent(_ bytes: some Collection<UInt8>) -> Chunk {
        Chunk(LentBytes(Array(bytes)), offset: 0, count: bytes.count)
    }

    /// Where the first byte is.
    var address: UnsafeRawPointer? { unsafe withBytes { $0.baseAddress } }
}

extension SeededGenerator {
    /// Bytes in pieces of any sizes, some of them empty, lent or not.
    mutating func pieces(_ bytes: [UInt8]) -> [Chunk] {
        let longest = [1, 2, 5, 40, 500].randomElement(using: &self) ?? 1
        var pieces: [Chunk] = []
        var start = 0
        while start < bytes.count {
            let end = min(start + Int.random(in: 0...longest, using: &self), bytes.count)
            pieces.append(Bool.random(using: &self) ? .lent(bytes[start..<end]) : Chunk(Array(bytes[start..<end])))
            start = end
        }
        return pieces
    }
}
