import Layers
import SocketModel
import Testing

@Suite struct `A connection race` {
    private static let start = NetworkInstant(nanoseconds: 1_000_000_000)

    private static func at(_ milliseconds: Int) -> NetworkInstant { start.advanced(by: .milliseconds(milliseconds)) }

    private static func six(_ number: UInt64) -> SocketAddress {
        .ipv6(IPv6Address(high: 0xfd << 56, low: number), port: 7)
    }
    private static func four(_ number: UInt8) -> SocketAddress { .ipv4(IPv4Address(10, 0, 0, number), port: 7) }

    private var race = ConnectionRace()

    @Test mutating func `tries the families in turn, each with a head start`() {
        race.handle(.resolved(.ipv6, [Self.six(1), Self.six(2), Self.six(3)]), now: Self.at(0))
        race.handle(.resolved(.ipv4, [Self.four(1)]), now: Self.at(0))
        let expected = [Self.six(1), Self.four(1), Self.six(2), Self.six(3)]
        for (attempt, address) in expected.enumerated() {
            #expect(race.poll(now: Self.at(250 * attempt)) == .connect(attempt: attempt, address))
            let next = attempt < 3 ? Self.at(250 * attempt + 250) : .distantFuture
            #expect(race.poll(now: Self.at(250 * attempt + 249)) == .wait(until: next))
        }
    }

    @Test mutating func `goes on at once when the latest attempt fails`() {
        race.handle(.resolved(.ipv6, [Self.six(1), Self.six(2)]), now: Self.at(0))
        race.handle(.resolved(.ipv4, [Self.four(1)]), now: Self.at(0))
        #expect(race.poll(now: Self.at(0)) == .connect(attempt: 0, Self.six(1)))
        race.handle(.failed(attempt: 0), now: Self.at(3))
        #expect(race.poll(now: Self.at(3)) == .connect(attempt: 1, Self.four(1)))
        #expect(race.poll(now: Self.at(253)) == .connect(attempt: 2, Self.six(2)))
        // One that is not the latest changes nothing.
        race.handle(.failed(attempt: 1), now: Self.at(260))
        #expect(race.poll(now: Self.at(260)) == .wait(until: .distantFuture))
        race.handle(.failed(attempt: 2), now: Self.at(270))
        #expect(race.poll(now: Self.at(270)) == .lost)
    }

    @Test mutating func `waits for the preferred family's answer, but not long`() {
        race.handle(.resolved(.ipv4, [Self.four(1)]), now: Self.at(0))
        #expect(race.poll(now: Self.at(0)) == .wait(until: Self.at(50)))
        #expect(race.poll(now: Self.at(50)) == .connect(attempt: 0, Self.four(1)))
        race.handle(.resolved(.ipv6, [Self.six(1)]), now: Self.at(60))
        #expect(race.poll(now: Self.at(60)) == .wait(until: Self.at(300)))
        #expect(race.poll(now: Self.at(300)) == .connect(attempt: 1, Self.six(1)))
    }

    @Test(arguments: [true, false]) func `begins when the preferred answer comes, whatever it is`(hasAddresses: Bool) {
        var race = ConnectionRace()
        race.handle(.resolved(.ipv4, [Self.four(1)]), now: Self.at(0))
        race.handle(.resolved(.ipv6, hasAddresses ? [Self.six(1)] : []), now: Self.at(20))
        let first = hasAddresses ? Self.six(1) : Self.four(1)
        #expect(race.poll(now: Self.at(20)) == .connect(attempt: 0, first))
    }

    @Test mutating func `gives the others up when one has won`() {
        race.handle(.resolved(.ipv6, [Self.six(1), Self.six(2), Self.six(3)]), now: Self.at(0))
        race.handle(.resolved(.ipv4, []), now: Self.at(0))
        for attempt in 0..<3 { _ = race.poll(now: Self.at(attempt * 250)) }
        race.handle(.connected(attempt: 1), now: Self.at(600))
        // Too late, and not its turn any more.
        race.handle(.connected(attempt: 2), now: Self.at(600))
        #expect(race.poll(now: Self.at(600)) == .cancel(attempt: 0))
        #expect(race.poll(now: Self.at(600)) == .cancel(attempt: 2))
        #expect(race.poll(now: Self.at(600)) == .won(attempt: 1))
        race.handle(.resolved(.ipv4, [Self.four(1)]), now: Self.at(700))
        #expect(race.poll(now: Self.at(700)) == .won(attempt: 1))
    }

    @Test mutating func `is lost only when nothing more can come`() {
        #expect(race.poll(now: Self.at(0)) == .wait(until: .distantFuture))
        race.handle(.resolved(.ipv6, []), now: Self.at(1))
        #expect(race.poll(now: Self.at(1)) == .wait(until: .distantFuture))
        race.handle(.resolved(.ipv4, []), now: Self.at(2))
        #expect(race.poll(now: Self.at(2)) == .lost)
    }

    @Test func `keeps the bounds of its options`() {
        var options = ConnectionRaceOptions(attemptDelay: .zero, firstFamilyCount: -3)
        #expect(options.attemptDelay == .milliseconds(10) && options.firstFamilyCount == 1)
        options.attemptDelay = .seconds(60)
        options.resolutionDelay = .seconds(-1)
        #expect(options.attemptDelay == .seconds(2) && options.resolutionDelay == .zero)
    }
}
