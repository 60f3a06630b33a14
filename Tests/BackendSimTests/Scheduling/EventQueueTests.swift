import SeededRandomness
import Testing

@testable import BackendSim

/// What comes out of the queue, compared with a list that is sorted.
@Suite struct EventQueueTests {
    private final class Note: Event {
        let number: Int
        init(_ number: Int) { self.number = number }
    }

    /// How far ahead events are scheduled.
    enum Delays: CaseIterable {
        /// As latencies and pauses are: few, and always the same.
        case fixed
        case random
        /// Those of the first kind, and now and then one that is far away.
        case mixed

        fileprivate func draw(_ random: inout SeededGenerator) -> Int64 {
            switch self {
            case .fixed: [0, 1, 50, 1000].randomElement(using: &random) ?? 0
            case .random: Int64.random(in: 0..<100, using: &random)
            case .mixed: Int.random(in: 0..<20, using: &random) == 0 ? 1_000_000 : Self.fixed.draw(&random)
            }
        }
    }

    @Test(arguments: Delays.allCases, 0..<20 as Range<UInt64>)
    func comesInOrderWhateverIsCancelled(_ delays: Delays, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = EventQueue()
        var expected: [(instant: Int64, note: Note)] = []
        var now: Int64 = 0
        for number in 0..<2000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let note = Note(number)
                let instant = now + delays.draw(&random)
                queue.insert(note, at: instant)
                expected.insert((instant, note), at: expected.firstIndex { $0.instant > instant } ?? expected.count)
            case 5, 6:
                guard let cancelled = expected.indices.randomElement(using: &random) else { continue }
                queue.remove(expected.remove(at: cancelled).note)
            default:
                let limit = now + Int64.random(in: 0..<60, using: &random)
                let due = expected.first.flatMap { $0.instant <= limit ? $0 : nil }
                let taken = queue.removeFirst(until: limit)
                #expect(taken?.event === due?.note && taken?.instant == due?.instant, "seed \(seed), step \(number)")
                if due != nil { now = expected.removeFirst().instant }
            }
        }
        let rest = queue.events { _ in true }
        #expect(rest.map(ObjectIdentifier.init) == expected.map { ObjectIdentifier($0.note) }, "seed \(seed)")
    }

    @Test(arguments: Delays.allCases) func holdsEventsUntilItEnds(_ delays: Delays) {
        var random = SeededGenerator(seed: 1)
        weak var cancelled: Note?
        weak var left: Note?
        do {
            var queue = EventQueue()
            for number in 0..<100 { queue.insert(Note(number), at: delays.draw(&random)) }
            let notes = queue.events { _ in true }.compactMap { $0 as? Note }
            (cancelled, left) = (notes[50], notes[51])
            #expect(cancelled != nil && left != nil)
            queue.remove(notes[50])
        }
        #expect(cancelled == nil && left == nil)
    }
}
