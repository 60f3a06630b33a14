import Sockets
import Testing

@Suite struct `Chunks` {
    @Test func `a chunk is a collection of its bytes`() {
        let chunk: Chunk = [1, 2, 3]
        #expect(Array(chunk) == [1, 2, 3])
        #expect(chunk.count == 3)
        #expect(chunk[1] == 2)
        #expect(chunk == Chunk([1, 2, 3]))
        #expect(Chunk().isEmpty)
        let stored = unsafe chunk.withContiguousStorageIfAvailable { $0.count }
        #expect(stored == 3)
    }

    @Test(arguments: 0...33) func `chunks are the same if all their bytes are`(count: Int) {
        let bytes = (0..<count).map { UInt8($0) }
        let chunk = Chunk(bytes)
        #expect(chunk == Chunk(bytes))
        #expect(chunk != Chunk(bytes + [0]))
        for place in bytes.indices {
            var other = bytes
            other[place] ^= 0x80
            #expect(chunk != Chunk(other), "byte \(place)")
        }
    }

    @Test func `text is decoded, and what is not text does not trap`() {
        #expect(Chunk(Array("héllo".utf8)).description == "héllo")
        #expect(Chunk([0xff]).description == "\u{FFFD}")
        #expect(Chunk(Array("a\"\\\n\r\t\u{1}".utf8) + [0xff]).debugDescription == #""a\"\\\n\r\t\x01\xff""#)
    }

    @Test(arguments: [(-5, 0), (0, 0), (10, 4), (100_000, 4), (4, 4)])
    func `a chunk keeps what was filled, never more than there is room for`(capacity: Int, count: Int) {
        let chunk = unsafe Chunk(capacity: capacity) { memory in
            unsafe memory.initializeMemory(as: UInt8.self, repeating: 7)
            return min(4, memory.count)
        }
        #expect(chunk.count == count)
        #expect(chunk.allSatisfy { $0 == 7 })
        let lying = unsafe Chunk(capacity: 4) { memory in
            unsafe memory.initializeMemory(as: UInt8.self, repeating: 7)
            return 1000
        }
        #expect(lying.count == 4)
        #expect(unsafe Chunk(capacity: 4) { _ in -3 }.isEmpty)
    }

    @Test func `an error while filling is passed on`() {
        #expect(throws: Failure(.closed)) {
            try unsafe Chunk(capacity: 4) { _ throws(Failure) in throw Failure(.closed) }
        }
    }
}

@Suite struct `What can be sent` {
    private func bytes(_ source: some ByteSource) -> [UInt8] { unsafe source.withBytes { unsafe Array($0) } }

    @Test func `every kind of bytes gives its bytes`() {
        let array: [UInt8] = [1, 2, 3, 4]
        #expect(bytes(array) == array)
        #expect(bytes(array[1...2]) == [2, 3])
        #expect(bytes(ContiguousArray(array)) == array)
        #expect(bytes(Chunk(array)) == array)
        #expect(bytes("añ") == [0x61, 0xc3, 0xb1])
        #expect(bytes("añb".dropFirst()) == [0xc3, 0xb1, 0x62])
        #expect(unsafe array.withUnsafeBytes { unsafe bytes($0) } == array)
        var copy = array
        #expect(unsafe copy.withUnsafeMutableBytes { unsafe bytes($0) } == array)
    }

    @Test func `nothing gives nothing`() {
        #expect(bytes([UInt8]()).isEmpty)
        #expect(bytes("").isEmpty)
        #expect(bytes("x".dropFirst()).isEmpty)
        #expect(unsafe bytes(UnsafeRawBufferPointer(start: nil, count: 0)).isEmpty)
    }

    @Test func `spans are sent without a copy`() throws {
        let network = try Network(.posix)
        let (a, b) = try network.socketPair()
        let array: [UInt8] = [1, 2, 3]
        let sent = try a.send(array.span)
        #expect(sent == 3)
        try unsafe a.sendAll(array.span.bytes)
        #expect(try b.receiveExactly(6).array == array + array)
    }

    @Test func `errors pass through`() {
        #expect(throws: Failure(.closed)) {
            try unsafe "x".withBytes { _ throws(Failure) in throw Failure(.closed) }
        }
    }
}
