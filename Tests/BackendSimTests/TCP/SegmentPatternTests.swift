import SocketModel
import Testing

@testable import BackendSim

/// Which segments leave and when: Nagle, cork, MSG_MORE, delayed acknowledgements.
@Suite struct SegmentPatternTests {
    @Test func largeWritesAreCutIntoSegments() {
        let wire = Wire.connected()
        wire.send(4000)
        #expect(wire.sent(by: .client) == ["A 0+1460", "A 1460+1460", "PA 2920+1080"])
    }

    /// Nagle: the second small segment waits for the first one's acknowledgement, and takes the third with it.
    @Test func smallWritesAreGathered() {
        let wire = Wire.connected()
        for _ in 0..<3 { wire.send(10) }
        #expect(wire.sent(by: .client) == ["PA 0+10"])
        wire.run(for: 25 * millisecond)
        #expect(wire.sent(by: .client) == ["PA 0+10", "PA 10+20"])
    }

    /// Minshall: full segments in flight do not hold a small one back.
    @Test func onlyASmallSegmentHoldsASmallOneBack() {
        let wire = Wire.connected()
        wire.send(1460)
        wire.send(10)
        wire.send(10)
        #expect(wire.sent(by: .client) == ["PA 0+1460", "PA 1460+10"])
    }

    @Test func noDelaySendsAtOnce() {
        let wire = Wire.connected()
        wire.change(.client) { $0.setNoDelay(true) }
        for _ in 0..<3 { wire.send(10) }
        #expect(wire.sent(by: .client) == ["PA 0+10", "PA 10+10", "PA 20+10"])
    }

    @Test func turningNagleOffSendsWhatWaits() {
        let wire = Wire.connected()
        wire.send(10)
        wire.send(10)
        #expect(wire.log.count == 1)
        wire.change(.client) { $0.setNoDelay(true) }
        #expect(wire.sent(by: .client) == ["PA 0+10", "PA 10+10"])
    }

    @Test func theCorkHoldsPartialSegments() {
        let wire = Wire.connected()
        wire.change(.client) { $0.setCork(true) }
        wire.send(1000)
        #expect(wire.log.isEmpty)
        wire.send(1000)
        #expect(wire.sent(by: .client) == ["A 0+1460"])
        wire.change(.client) { $0.setCork(false) }
        wire.run(for: 30 * millisecond)
        #expect(wire.sent(by: .client) == ["A 0+1460", "PA 1460+540"])
    }

    /// The cork is stronger than no delay, but turning the delay off pushes through it once.
    @Test func corkAndNoDelay() {
        let wire = Wire.connected()
        wire.change(.client) { $0.setCork(true) }
        wire.send(10)
        wire.change(.client) { $0.setNoDelay(true) }
        #expect(wire.sent(by: .client) == ["PA 0+10"])
        wire.send(10)
        #expect(wire.log.count == 1)
        wire.change(.client) { $0.setCork(false) }
        #expect(wire.sent(by: .client) == ["PA 0+10", "PA 10+10"])
    }

    @Test func theCorkHoldsAboutTwoHundredMilliseconds() {
        let wire = Wire.connected()
        wire.change(.client) { $0.setCork(true) }
        let start = wire.now
        wire.send(10)
        wire.run(for: second)
        #expect(wire.sent(by: .client) == ["PA 0+10"])
        #expect(wire.log.first.map { ($0.at - start) / millisecond } == 220, "a retransmission timeout, as with Linux")
        #expect(wire.client.tcp.state == .established)
    }

    @Test func moreHoldsUntilASendWithoutIt() {
        let wire = Wire.connected()
        wire.send(10, more: true)
        wire.send(10, more: true)
        #expect(wire.log.isEmpty)
        wire.send(10)
        #expect(wire.sent(by: .client) == ["PA 0+30"])
    }

    @Test func closingUncorks() {
        let wire = Wire.connected()
        wire.change(.client) { $0.setCork(true) }
        wire.send(10)
        wire.change(.client) { $0.shutdownSending() }
        #expect(wire.sent(by: .client) == ["FPA 0+10"])
    }

    /// A new connection acknowledges at once; one that answers lets its answers do it.
    @Test func aDialogueAcknowledgesWithItsAnswers() {
        let wire = Wire.connected()
        for round in 0..<4 {
            wire.forget()
            wire.send(64)
            wire.run(for: 10 * millisecond + 1)
            wire.receive()
            wire.send(64, from: .server)
            wire.run(for: 10 * millisecond + 1)
            wire.receive(at: .client)
            let acknowledgements = wire.log.filter { $0.payload.isEmpty }.count
            #expect(acknowledgements == (round == 0 ? 2 : 0))
        }
    }

    @Test func aLoneAcknowledgementWaitsFortyMilliseconds() {
        let wire = Wire.connected()
        wire.change(.server) { $0.setQuickAcknowledge(false) }
        let start = wire.now
        wire.send(64)
        wire.run(for: 20 * millisecond)
        #expect(wire.sent(by: .server).isEmpty)
        wire.run(for: second)
        let answer = wire.log.first { $0.from == .server }
        #expect(answer.map { ($0.at - start) / millisecond } == 50)
    }

    @Test func quickAcknowledgementTurnedOnSendsWhatWaits() {
        let wire = Wire.connected()
        wire.change(.server) { $0.setQuickAcknowledge(false) }
        wire.send(64)
        wire.run(for: 20 * millisecond)
        wire.change(.server) { $0.setQuickAcknowledge(true) }
        #expect(wire.sent(by: .server) == ["A"])
    }

    @Test func everySecondFullSegmentIsAcknowledged() {
        let wire = Wire.connected()
        wire.send(4 * 1460)
        wire.run(for: 100 * millisecond)
        wire.receive()
        wire.change(.server) { $0.setQuickAcknowledge(false) }
        wire.forget()
        wire.send(4 * 1460)
        wire.run(for: 15 * millisecond)
        #expect(wire.sent(by: .server).count == 2)
    }

    /// A FIN's acknowledgement travels with our own FIN, if that is soon.
    @Test func closingBothWaysTakesThreeSegments() {
        let wire = Wire.connected()
        wire.send(10)
        wire.run(for: 100 * millisecond)
        wire.receive()
        wire.forget()
        wire.change(.client) { $0.close(now: wire.now) }
        wire.run(for: 10 * millisecond + 1)
        wire.change(.server) { $0.close(now: wire.now) }
        wire.run(for: 100 * millisecond)
        #expect(wire.log.map { "\($0.from) \($0.flags)" } == ["client FA", "server FA", "client A"])
    }
}
