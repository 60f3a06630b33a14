import SeededRandomness
import SocketModel
import Testing

@testable import Layers

@Suite struct `Searching delimiters` {
    @Test func `a byte is found wherever it is, and first`() {
        for count in 0...200 {
            var bytes = [UInt8](repeating: 0x80, count: count)
            for start in [0, 1, 7, count] {
                #expect(unsafe bytes.withBytes { unsafe ByteScan.firstIndex(of: 1, in: $0, from: start) } == nil)
            }
            for place in (0..<count).reversed() {
                bytes[place] = 1
                #expect(unsafe bytes.withBytes { unsafe ByteScan.firstIndex(of: 1, in: $0, from: 0) } == place)
            }
        }
    }

    @Test func `bytes next to the one that is searched for are not taken for it`() {
        for byte in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
            let others = (0...255).filter { $0 != byte } + [byte] + (0...255).filter { $0 != byte }
            #expect(unsafe others.withBytes { unsafe ByteScan.firstIndex(of: byte, in: $0, from: 0) } == 255)
        }
    }

    /// Against a search of the whole, with delimiters that overlap themselves and bytes that are often theirs.
    @Test(arguments: 0..<100 as Range<UInt64>) func `delimiters are found as in one array`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let letters = [UInt8](0..<UInt8.random(in: 1...3, using: &random))
        let delimiter = (0..<Int.random(in: 1...6, using: &random)).map { _ in
            letters.randomElement(using: &random) ?? 0
        }
        let bytes = (0..<300).map { _ in letters.randomElement(using: &random) ?? 0 }
        var search = try #require(DelimiterSearch(Chunk(delimiter)))
        #expect(search.delimiter == Chunk(delimiter))
        var queue = ByteQueue()
        var ends: [Int] = []
        for piece in random.pieces(bytes) {
            queue.append(piece)
            while let end = search.end(in: queue) {
                // What was found is found again until it is taken.
                #expect(search.end(in: queue) == end)
                ends.append(queue.offset + end)
                queue.drop(end)
            }
        }
        #expect(ends == Self.ends(of: delimiter, in: bytes))
    }

    @Test func `bytes taken from the middle of a delimiter are no part of it`() throws {
        var search = try #require(DelimiterSearch("aa"))
        var queue = ByteQueue()
        queue.append("xaa")
        #expect(search.end(in: queue) == 3)
        queue.drop(2)
        #expect(search.end(in: queue) == nil)
        queue.append("a")
        #expect(search.end(in: queue) == 2)
        queue.drop(2)
        queue.append("a")
        #expect(search.end(in: queue) == nil)
        queue.drop(1)
        queue.append("a")
        #expect(search.end(in: queue) == nil)
    }

    @Test func `an empty delimiter is none`() { #expect(DelimiterSearch(Chunk()) == nil) }

    private static func ends(of delimiter: [UInt8], in bytes: [UInt8]) -> [Int] {
        var ends: [Int] = []
        var start = 0
        while start + delimiter.count <= bytes.count {
            if bytes[start...].starts(with: delimiter) {
                start += delimiter.count
                ends.append(start)
            } else {
                start += 1
            }
        }
        return ends
    }
}
