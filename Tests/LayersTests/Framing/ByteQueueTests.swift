import Layers
import SeededRandomness
import SocketModel
import Testing

@Suite struct `Byte queues` {
    @Test func `what lies in one lent chunk is not copied`() {
        let chunk = Chunk.lent("one two three".utf8)
        var queue = ByteQueue()
        queue.append(chunk)
        let first = queue.take(4)
        queue.drop(4)
        let third = queue.takeAll()
        #expect(first == "one " && third == "three")
        #expect(unsafe first.address == chunk.address)
        #expect(unsafe third.address == chunk.address.map { unsafe $0 + 8 })
    }

    @Test func `memory goes back when its bytes are taken or dropped, or when another chunk comes`() {
        var queue = ByteQueue()
        weak var memory: LentBytes?
        func append(_ text: String) {
            let bytes = LentBytes(Array(text.utf8))
            memory = bytes
            queue.append(Chunk(bytes, offset: 0, count: text.utf8.count))
        }
        append("abc")
        queue.drop(2)
        #expect(memory != nil)
        queue.drop(1)
        #expect(memory == nil)
        append("def")
        #expect(queue.take(3) == "def")
        #expect(memory == nil)
        append("ghi")
        queue.append(.lent("jkl".utf8))
        #expect(memory == nil)
        #expect(queue.takeAll() == "ghijkl")
    }

    /// To copy all that has come before with each chunk would move 5 TB here, and take hours.
    @Test(.timeLimit(.minutes(5))) func `chunks that are not used yet are not copied again for each that comes`() {
        var queue = ByteQueue()
        let chunk = Chunk([UInt8](repeating: 7, count: 1000))
        for _ in 0..<100_000 { queue.append(chunk) }
        #expect(queue.take(100_000_000).count == 100_000_000)
    }

    @Test func `counts out of bounds are brought into them`() {
        var queue = ByteQueue()
        #expect(queue.take(1).isEmpty && queue.takeAll().isEmpty)
        queue.append("abc")
        #expect(queue.take(-1).isEmpty)
        queue.drop(.min)
        #expect(queue.byte(at: 3) == nil && queue.byte(at: -1) == nil && queue.byte(at: 2) == UInt8(ascii: "c"))
        #expect(queue.withFirst(.max) { $0.count } == 3)
        #expect(queue.withFirst(-1) { $0.count } == 0)
        #expect(queue.take(.max) == "abc")
        queue.drop(.max)
        #expect(queue.isEmpty && queue.offset == 3)
    }

    /// Against an array that does the same.
    @Test(arguments: 0..<50 as Range<UInt64>) func `bytes come out as they went in`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = ByteQueue()
        var model: [UInt8] = []
        var offset = 0
        for _ in 0..<200 {
            let count = Int.random(in: 0...12, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                let bytes = random.bytes(count)
                queue.append(Bool.random(using: &random) ? .lent(bytes) : Chunk(bytes))
                model += bytes
            case 2:
                #expect(queue.take(count).elementsEqual(model.prefix(count)))
                offset += min(count, model.count)
                model.removeFirst(min(count, model.count))
            case 3:
                queue.drop(count)
                offset += min(count, model.count)
                model.removeFirst(min(count, model.count))
            case 4:
                let first = queue.withFirst(count) { bytes in bytes.indices.map { bytes[$0] } }
                #expect(first == Array(model.prefix(count)))
            default: #expect(queue.byte(at: count) == (count < model.count ? model[count] : nil))
            }
            #expect(queue.count == model.count && queue.isEmpty == model.isEmpty && queue.offset == offset)
        }
        #expect(queue.takeAll().elementsEqual(model))
    }
}
