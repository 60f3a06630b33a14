import SocketModel
import TestSupport
import Testing

@Suite struct QueueTests {
    @Test(arguments: 0..<50 as Range<UInt64>)
    func isWhatAnArrayIs(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = Queue<Int>()
        var array: [Int] = []
        for number in 0..<400 {
            switch Int.random(in: 0..<8, using: &random) {
            case 0..<4:
                queue.append(number)
                array.append(number)
            case 4..<7: #expect(queue.removeFirst() == (array.isEmpty ? nil : array.removeFirst()), "seed \(seed)")
            default:
                guard let place = array.indices.randomElement(using: &random) else { continue }
                queue[place] += 1000
                array[place] += 1000
                guard number.isMultiple(of: 3) else { continue }
                queue.remove(at: place)
                array.remove(at: place)
            }
            #expect(Array(queue) == array, "seed \(seed)")
            #expect(queue.at(array.count) == nil && queue.at(0) == array.first, "seed \(seed)")
        }
        queue.removeAll()
        #expect(queue.isEmpty && queue.removeFirst() == nil)
    }

    @Test func letsGoOfWhatIsRemovedAtOnce() {
        final class Thing {}
        var queue = Queue<Thing>()
        weak var first: Thing?
        weak var second: Thing?
        do {
            let things = [Thing(), Thing(), Thing()]
            (first, second) = (things[0], things[1])
            for thing in things { queue.append(thing) }
        }
        queue.removeFirst()
        #expect(first == nil && second != nil)
        queue.remove(at: 0)
        #expect(second == nil && queue.count == 1)
    }
}
