import SocketModel
import TestSupport
import Testing

@testable import SystemSockets

@Suite struct `Buffer lenders` {
    private func start(_ bytes: some ByteSource) -> UInt {
        unsafe bytes.withBytes { UInt(bitPattern: $0.baseAddress) }
    }

    @Test func `while nobody holds a chunk the same memory is lent again`() {
        var lender = BufferLender()
        let first = unsafe UInt(bitPattern: lender.room(100).baseAddress)
        _ = lender.chunk(100)
        for size in [1, 5000, BufferLender.longest] {
            #expect(unsafe UInt(bitPattern: lender.room(size).baseAddress) == first)
            let chunk = lender.chunk(size)
            #expect(start(chunk) == first)
            #expect(chunk.count == size)
        }
    }

    @Test func `while one is held the next begins behind it, in another cache line`() {
        var lender = BufferLender()
        _ = unsafe lender.room(10)
        let held = lender.chunk(10)
        #expect(unsafe UInt(bitPattern: lender.room(10).baseAddress) == start(held) + 64)
        keep(held)
    }

    @Test func `nothing received is an empty chunk, which holds nothing`() {
        var lender = BufferLender()
        let first = unsafe UInt(bitPattern: lender.room(10).baseAddress)
        let nothing = lender.chunk(0)
        #expect(nothing.isEmpty)
        #expect(unsafe UInt(bitPattern: lender.room(10).baseAddress) == first)
        keep(nothing)
    }

    @Test func `a message gets the room it was promised, a stream's receive makes do with less`() {
        var lender = BufferLender()
        var held: [Chunk] = []
        for _ in 0..<10 {
            #expect(
                unsafe lender.room(BufferLender.longest, atLeast: BufferLender.longest).count == BufferLender.longest)
            held.append(lender.chunk(60_000))
        }
        var sizes: Set<Int> = []
        for _ in 0..<30 {
            let room = unsafe lender.room(BufferLender.longest)
            sizes.insert(room.count)
            #expect(room.count >= 16 << 10)
            held.append(lender.chunk(min(room.count, 9000)))
        }
        #expect(sizes.count > 1)
        #expect(unsafe lender.room(3).count == 3)
    }

    /// Each chunk keeps the bytes that were written for it for as long as it lives, whatever is lent meanwhile.
    @Test(arguments: 0..<10 as Range<UInt64>) func `no two living chunks overlap`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var lender = BufferLender()
        var live: [(chunk: Chunk, byte: UInt8)] = []
        for step in 0..<1000 {
            let maximum = Int.random(in: 0...(random.next() % 4 == 0 ? BufferLender.longest : 3000), using: &random)
            let byte = UInt8(truncatingIfNeeded: step)
            let room =
                Bool.random(using: &random)
                ? unsafe lender.room(maximum) : unsafe lender.room(maximum, atLeast: maximum)
            let count = Int.random(in: 0...room.count, using: &random)
            // The kernel may write anywhere in the room, and only what counts must stay.
            unsafe room.initializeMemory(as: UInt8.self, repeating: byte)
            live.append((lender.chunk(count), byte))
            var isRight = room.count <= maximum && live[live.endIndex - 1].chunk.count == count
            for (chunk, byte) in live {
                isRight = isRight && chunk.array == [UInt8](repeating: byte, count: chunk.count)
            }
            try #require(isRight, "seed \(seed), step \(step)")
            while live.count > 12 || (!live.isEmpty && random.next() % 3 == 0) {
                live.remove(at: Int.random(in: live.indices, using: &random))
            }
        }
    }
}
