import SocketModel
import TestSupport
import Testing

@testable import SystemSockets

private final class NoSink: CompletionSink {
    func complete(_ completion: consuming Completion) {}
}

@Suite struct `Timers of a reactor` {
    /// What a list kept in order would do: timers by instant, then in the order they were started.
    private struct Model {
        var timers: [Timer] = []

        mutating func insert(_ timer: Timer) {
            let place = timers.firstIndex { $0.instant > timer.instant } ?? timers.endIndex
            timers.insert(timer, at: place)
        }

        mutating func remove(_ timer: Timer) -> Bool {
            guard let place = timers.firstIndex(where: { $0 === timer }) else { return false }
            timers.remove(at: place)
            return true
        }

        mutating func popDue(_ now: NetworkInstant) -> Timer? {
            guard let first = timers.first, first.instant <= now else { return nil }
            return timers.removeFirst()
        }
    }

    private static func timer(_ nanoseconds: Int64) -> Timer {
        Timer(NetworkInstant(nanoseconds: nanoseconds), .wake(NoSink()))
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `timers are what a list kept in order is`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var (timers, model) = (Timers(), Model())
        var known: [Timer] = []
        var now: Int64 = 0
        for step in 0..<2000 {
            var isRight = true
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                // Few instants, so that many fall together; some are past already.
                let timer = Self.timer(now + Int64.random(in: -3...20, using: &random))
                known.append(timer)
                timers.insert(timer)
                model.insert(timer)
            case 5..<8:
                // Often one that has fired, or was removed, before.
                guard let timer = known.randomElement(using: &random) else { continue }
                isRight = timers.remove(timer) == model.remove(timer)
            default:
                now += Int64.random(in: 0...3, using: &random)
                let instant = NetworkInstant(nanoseconds: now)
                while isRight, let expected = model.popDue(instant) { isRight = timers.popDue(instant) === expected }
                isRight = isRight && timers.popDue(instant) == nil
            }
            isRight = isRight && timers.next == model.timers.first?.instant
            try #require(isRight, "seed \(seed), step \(step)")
        }
    }

    @Test func `timers of one instant fire in the order they were started`() {
        var timers = Timers()
        let started = (0..<100).map { _ in Self.timer(5) }
        for timer in started { timers.insert(timer) }
        #expect(timers.popDue(NetworkInstant(nanoseconds: 4)) == nil)
        for timer in started { #expect(timers.popDue(NetworkInstant(nanoseconds: 5)) === timer) }
        #expect(timers.next == nil)
    }

    @Test func `a timer that was removed may be started again`() {
        var timers = Timers()
        let timer = Self.timer(1)
        var removed = [timers.remove(timer)]
        timers.insert(timer)
        for _ in 0..<2 { removed.append(timers.remove(timer)) }
        #expect(removed == [false, true, false])
        timers.insert(timer)
        #expect(timers.popDue(NetworkInstant(nanoseconds: 1)) === timer)
    }
}
