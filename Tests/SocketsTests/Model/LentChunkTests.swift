import Locks
import Sockets
import Testing

/// Counts the buffers that are still alive.
private final class Counter: Sendable {
    private let count = Lock(0)
    var value: Int { count.withLock { $0 } }
    func add(_ number: Int) { count.withLock { $0 += number } }
}

// Sendable without check, as its superclass is.
private final class CountedBuffer: LentBuffer, @unchecked Sendable {
    private let counter: Counter

    init(_ bytes: [UInt8], _ counter: Counter = Counter()) {
        self.counter = counter
        counter.add(1)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        unsafe memory.copyBytes(from: bytes)
        unsafe super.init(lending: memory)
    }

    deinit {
        unsafe memory.deallocate()
        counter.add(-1)
    }
}

@Suite struct `Lent chunks` {
    /// The same bytes held in both ways, the lent ones in the middle of a buffer.
    private static func both(_ bytes: [UInt8]) -> (array: Chunk, lent: Chunk) {
        (Chunk(bytes), Chunk(CountedBuffer([1, 2] + bytes + [3]), offset: 2, count: bytes.count))
    }

    @Test(arguments: [0, 1, 7, 64, 1000]) func `an array is made of a chunk, and grows by one`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let (array, lent) = Self.both(bytes)
        for chunk in [array, lent] {
            #expect(Array(chunk) == bytes)
            #expect([8] + chunk + [9] == [8] + bytes + [9])
            var exact: [UInt8] = []
            exact.reserveCapacity(count)
            exact += chunk
            #expect(exact == bytes)
        }
    }

    @Test(arguments: [0, 1, 15, 16, 63, 64, 65, 200]) func `a byte is found where it is first`(place: Int) {
        let bytes = [UInt8](repeating: 1, count: place) + [2, 1, 2]
        let (array, lent) = Self.both(bytes)
        for chunk in [array, lent] {
            #expect(chunk.firstIndex(of: 2) == place)
            #expect(chunk.firstIndex(of: 3) == nil)
        }
    }

    @Test(arguments: 0...6) func `what there is no room for is left to be read`(room: Int) {
        let (array, lent) = Self.both([1, 2, 3, 4, 5])
        for chunk in [array, lent] {
            var memory = [UInt8](repeating: 0, count: room)
            var rest = unsafe memory.withUnsafeMutableBufferPointer { target in
                let (rest, end) = unsafe target.initialize(from: chunk)
                #expect(end == min(room, 5))
                return rest
            }
            #expect(memory.prefix(5) + IteratorSequence(rest) == [1, 2, 3, 4, 5])
            for _ in 0..<5 { _ = rest.next() }
            #expect(rest.next() == nil)
        }
    }

    @Test func `a part is cut to what is there, and of a lent chunk it is lent`() {
        let counter = Counter()
        var parts: [Chunk] = []
        do {
            let whole = Chunk(CountedBuffer([9, 1, 2, 3, 4, 9], counter), offset: 1, count: 4)
            parts = [whole.part(from: 1, count: 2), whole.part(from: 3, count: 5), whole.part(from: -1, count: 1)]
            #expect(whole.part(from: 0, count: 9) == whole)
            #expect(whole.part(from: 4, count: 1).isEmpty && whole.part(from: 9, count: -1).isEmpty)
        }
        #expect(parts == [[2, 3], [4], [1]])
        #expect(counter.value == 1)
        parts = []
        #expect(counter.value == 0)
        #expect(Chunk([1, 2, 3, 4]).part(from: 1, count: 2) == [2, 3])
    }

    @Test(arguments: [[], [0], [1, 2, 3], [UInt8](repeating: 9, count: 300)] as [[UInt8]])
    func `a lent chunk is what an array of its bytes is`(bytes: [UInt8]) {
        let (array, lent) = Self.both(bytes)
        #expect(lent == array)
        #expect(array == lent)
        #expect(lent.hashValue == array.hashValue)
        #expect(Set([lent, array]).count == 1)
        #expect(Array(lent) == bytes)
        #expect(lent.array == bytes)
        #expect(lent.count == bytes.count)
        #expect(lent.isEmpty == bytes.isEmpty)
        #expect(lent.indices.map { lent[$0] } == bytes)
        #expect(Array(lent.dropFirst()) == Array(bytes.dropFirst()))
        #expect(lent.description == array.description)
        #expect(lent.debugDescription == array.debugDescription)
        #expect(lent.owned() == array)
        #expect(unsafe lent.withContiguousStorageIfAvailable { unsafe Array($0) } == bytes)
    }

    @Test(arguments: [([1, 2], [1, 3]), ([1], [1, 2]), ([], [0])] as [([UInt8], [UInt8])])
    func `different bytes are different, held as they may be`(left: [UInt8], right: [UInt8]) {
        let (a, b) = (Self.both(left), Self.both(right))
        for one in [a.array, a.lent] { for other in [b.array, b.lent] { #expect(one != other) } }
    }

    static let cuts: [(offset: Int, count: Int, bytes: [UInt8])] = [
        (0, 4, [1, 2, 3, 4]), (1, 2, [2, 3]), (4, 0, []), (3, 9, [4]), (4, 1, []), (5, 1, []), (-3, 2, [1, 2]),
        (1, -1, []), (.min, .max, [1, 2, 3, 4]), (.max, .max, []), (2, .max, [3, 4]), (.min, .min, []),
    ]

    @Test(arguments: cuts) func `what lies outside the buffer is cut off`(offset: Int, count: Int, bytes: [UInt8]) {
        #expect(Chunk(CountedBuffer([1, 2, 3, 4]), offset: offset, count: count).array == bytes)
    }

    @Test func `a buffer goes back when the last chunk of it dies`() {
        let counter = Counter()
        var chunks: [Chunk] = []
        do {
            let buffer = CountedBuffer([1, 2, 3, 4], counter)
            chunks = [Chunk(buffer, offset: 0, count: 2), Chunk(buffer, offset: 2, count: 2)]
        }
        chunks.append(chunks[1])
        #expect(counter.value == 1)
        chunks.removeFirst()
        chunks.removeFirst()
        #expect(counter.value == 1)
        #expect(chunks == [[3, 4]])
        chunks = []
        #expect(counter.value == 0)
    }

    @Test func `an array taken from a lent chunk does not hold the buffer`() {
        let counter = Counter()
        var chunk: Chunk? = Chunk(CountedBuffer([1, 2], counter), offset: 0, count: 2)
        let array = chunk?.array
        chunk = nil
        #expect(counter.value == 0)
        #expect(array == [1, 2])
    }

    @Test func `the bytes stay valid while they are looked at, though nobody else holds the chunk`() {
        let counter = Counter()
        let sum = unsafe Chunk(CountedBuffer([1, 2, 3], counter), offset: 0, count: 3).withBytes { bytes in
            #expect(counter.value == 1)
            return unsafe bytes.reduce(0) { $0 + Int($1) }
        }
        #expect(sum == 6)
    }

    private func address(_ bytes: some ByteSource) -> UInt {
        unsafe bytes.withBytes { UInt(bitPattern: $0.baseAddress) }
    }

    @Test func `no copy is made of an array, nor of what is lent`() {
        let array = [UInt8](repeating: 1, count: 1000)
        let chunk = Chunk(array)
        #expect(address(chunk) == address(array))
        #expect(address(chunk.array) == address(array))
        #expect(address(array.owned()) == address(array))
        #expect(address(chunk.owned()) == address(array))

        let buffer = CountedBuffer([1, 2, 3, 4])
        let lent = Chunk(buffer, offset: 1, count: 2)
        let start = unsafe UInt(bitPattern: buffer.memory.baseAddress)
        #expect(address(lent) == start + 1)
        #expect(address(lent.owned()) == address(lent))
    }

    @Test func `a lent chunk is sent as it is`() throws {
        let (a, b) = try Network(.posix).socketPair()
        try a.sendAll(Self.both(Array("hello".utf8)).lent)
        #expect(try b.receive() == "hello")
    }
}
