import Sockets
import TestSupport
import Testing

@Suite struct `Token tables` {
    @Test(arguments: 0..<50 as Range<UInt64>) func `a stale token never reaches the next tenant`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...8, using: &random)
        var table = TokenTable<Int>(capacity: capacity)
        var (live, dead): ([Token: Int], Set<Token>) = ([:], [])
        for tenant in 0..<2000 {
            if Bool.random(using: &random) {
                let token = table.insert(tenant)
                #expect((token == nil) == (live.count == capacity), "seed \(seed)")
                guard let token else { continue }
                #expect(!dead.contains(token) && live[token] == nil && token != .executed, "seed \(seed)")
                live[token] = tenant
            } else if let token = live.keys.min(by: { ($0.slot, $0.generation) < ($1.slot, $1.generation) }) {
                #expect(table.remove(token) == live.removeValue(forKey: token), "seed \(seed)")
                #expect(table.remove(token) == nil, "seed \(seed)")
                dead.insert(token)
            }
            #expect(table.count == live.count, "seed \(seed)")
        }
        for token in dead { #expect(table[token] == nil, "seed \(seed)") }
        for (token, tenant) in live { #expect(table[token] == tenant, "seed \(seed)") }
    }

    @Test(arguments: [Int.min, -1, 0, 1]) func `there is room for at least one`(capacity: Int) {
        var table = TokenTable<Int>(capacity: capacity)
        #expect(table.capacity == 1)
        #expect(table.insert(1) != nil)
        #expect(table.insert(2) == nil)
    }

    @Test func `tokens of elsewhere are nobody's`() {
        var table = TokenTable<Int>(capacity: 2)
        _ = table.insert(1)
        #expect(table[.executed] == nil)
        #expect(table[Token(slot: 5, generation: 0)] == nil)
        #expect(table[Token(slot: 0, generation: 1)] == nil)
        #expect(table.remove(Token(slot: .max, generation: 0)) == nil)
        #expect(TokenTable<Int>(capacity: .max).capacity == 1 << 31)
    }
}

@Suite struct `Instants and deadlines` {
    static let sums: [(Int64, Duration, Int64)] = [
        (5, .nanoseconds(3), 8), (5, .nanoseconds(-8), -3), (.max, .nanoseconds(1), .max),
        (.min, .nanoseconds(-1), .min),
        (0, .seconds(Int64.max), .max), (0, .seconds(Int64.min), .min), (.max, .seconds(Int64.min), .min),
        (1, Duration(secondsComponent: 0, attosecondsComponent: 999_999_999), 1), (-5, .seconds(10_000_000_000), .max),
    ]

    @Test(arguments: sums) func `moving an instant ends at the ends of time`(start: Int64, by: Duration, end: Int64) {
        #expect(NetworkInstant(nanoseconds: start).advanced(by: by) == NetworkInstant(nanoseconds: end))
    }

    @Test func `distances do not overflow`() {
        let (past, future) = (NetworkInstant.distantPast, NetworkInstant.distantFuture)
        #expect(past.duration(to: future) == .nanoseconds(Int64.max))
        #expect(future.duration(to: past) == .nanoseconds(Int64.min))
        #expect(NetworkInstant(nanoseconds: 3).duration(to: NetworkInstant(nanoseconds: 1)) == .nanoseconds(-2))
        #expect(past < future)
    }

    @Test func `a deadline looks at the clock only when it must`() {
        var looks = 0
        func now() -> NetworkInstant {
            looks += 1
            return NetworkInstant(nanoseconds: 100)
        }
        #expect(Deadline.never.instant(now: now) == .distantFuture)
        #expect(Deadline.immediate.instant(now: now) == .distantPast)
        #expect(Deadline.at(NetworkInstant(nanoseconds: 4)).instant(now: now) == NetworkInstant(nanoseconds: 4))
        #expect(Deadline.within(.zero).instant(now: now) == .distantPast)
        #expect(looks == 0)
        #expect(Deadline.within(.nanoseconds(5)).instant(now: now) == NetworkInstant(nanoseconds: 105))
        #expect(Deadline.within(.seconds(Int64.max)).instant(now: now) == .distantFuture)
        #expect(Deadline.within(.nanoseconds(-1)).instant(now: now) == NetworkInstant(nanoseconds: 99))
        #expect(looks == 3)
    }
}
