import SocketModel
import TestSupport
import Testing

@testable import BackendSim

/// Retransmission: when, what, and how long.
@Suite struct LossTests {
    @Test func pausesDouble() {
        let wire = Wire.connected()
        let start = wire.now
        wire.drop = { $0.from == .client }
        wire.send(100)
        wire.run(for: 30 * second)
        let times = wire.log.filter { !$0.payload.isEmpty }.map { ($0.at - start) / millisecond }
        #expect(times == [0, 220, 660, 1540, 3300, 6820, 13860, 27940])
        #expect(wire.client.tcp.counters.retransmissions == 7)
        wire.drop = { _ in false }
        wire.run(for: 60 * second)
        #expect(wire.server.tcp.availableBytes == 100)
        #expect(wire.client.tcp.unacknowledgedBytes == 0)
        #expect(wire.client.tcp.nextDeadline == .max)
    }

    /// Karn: what was repeated says nothing about the round trip, and the timeout stays long until something does.
    @Test func aRepeatedSegmentIsNotMeasured() {
        let wire = Wire.connected()
        wire.drop = { $0.from == .client }
        wire.send(100)
        wire.run(for: 500 * millisecond)
        wire.drop = { _ in false }
        wire.run(for: second)
        #expect(wire.client.tcp.unacknowledgedBytes == 0)
        #expect(wire.client.tcp.retransmissionTimeout == 880 * millisecond)
        wire.send(100)
        wire.run(for: second)
        #expect(wire.client.tcp.retransmissionTimeout < 230 * millisecond)
    }

    /// Linux's bound for 15 retransmissions from 200 ms on: 924.6 s after the first.
    @Test func itGivesUp() {
        let wire = Wire.connected()
        let start = wire.now
        wire.drop = { $0.from == .client }
        wire.send(100)
        while wire.client.tcp.state == .established, wire.step() {}
        #expect(wire.client.tcp.takeError() == .timedOut)
        #expect((924..<1050).contains((wire.now - start) / second))
        #expect(TCPConnection.patience(15) == 924_600 * millisecond)
        #expect(TCPConnection.patience(8) == 102_200 * millisecond)
    }

    @Test func aSoftErrorIsTheCauseInTheEnd() {
        let wire = Wire.connected()
        wire.drop = { $0.from == .client }
        wire.send(100)
        wire.client.tcp.unreachable(.noRouteToHost)
        #expect(wire.client.tcp.state == .established)
        while wire.client.tcp.state == .established, wire.step() {}
        #expect(wire.client.tcp.takeError() == .noRouteToHost)
    }

    @Test func aSoftErrorIsForgottenWithTheNextAcknowledgement() {
        let wire = Wire.connected()
        wire.client.tcp.unreachable(.noRouteToHost)
        wire.send(100)
        wire.run(for: second)
        wire.drop = { $0.from == .client }
        wire.send(100)
        while wire.client.tcp.state == .established, wire.step() {}
        #expect(wire.client.tcp.takeError() == .timedOut)
    }

    @Test func theUserTimeoutEndsItSooner() {
        let wire = Wire.connected()
        wire.client.tcp.setUserTimeout(5 * second)
        let start = wire.now
        wire.drop = { $0.from == .client }
        wire.send(100)
        while wire.client.tcp.state == .established, wire.step() {}
        #expect(wire.client.tcp.takeError() == .timedOut)
        #expect((5000..<5500).contains((wire.now - start) / millisecond))
    }

    @Test func anOrphanGivesUpSooner() {
        let wire = Wire.connected()
        let start = wire.now
        wire.drop = { $0.from == .client }
        wire.send(100)
        wire.change(.client) { $0.close(now: wire.now) }
        while wire.client.tcp.state != .closed, wire.step() {}
        #expect((102..<240).contains((wire.now - start) / second))
        #expect(wire.client.isFinished)
    }

    /// Three duplicate acknowledgements repeat the lost segment, long before the timer does.
    @Test func threeDuplicatesRepeat() {
        let wire = Wire.connected()
        let start = wire.now
        var lost = 0
        wire.drop = { segment in
            guard segment.from == .client, segment.header.sequence == 1001 + 1460, lost == 0 else { return false }
            lost += 1
            return true
        }
        wire.send(14_600)
        wire.run(for: 100 * millisecond)
        #expect(wire.server.tcp.availableBytes == 14_600)
        let repeated = wire.log.filter { $0.from == .client && $0.header.sequence == 1001 + 1460 }
        #expect(repeated.map { ($0.at - start) / millisecond } == [0, 20])
        #expect(wire.client.tcp.congestionWindow == 5)
        #expect(wire.client.tcp.slowStartThreshold == 5)
    }

    /// Several losses in one window: each partial acknowledgement repeats the next (RFC 6582).
    @Test func partialAcknowledgementsRepeat() {
        let wire = Wire.connected()
        var lost: Set<UInt32> = [1001 + 1460, 1001 + 4 * 1460]
        wire.drop = { $0.from == .client && lost.remove($0.header.sequence) != nil }
        wire.send(14_600)
        wire.run(for: 150 * millisecond)
        #expect(wire.server.tcp.availableBytes == 14_600, "without a timeout")
        #expect(wire.client.tcp.counters.retransmissions == 2)
    }

    @Test func aTimeoutStartsSlowly() {
        let wire = Wire.connected()
        wire.drop = { $0.from == .client }
        wire.send(14_600)
        wire.run(for: 100 * millisecond)
        wire.forget()
        wire.drop = { _ in false }
        wire.run(for: 125 * millisecond)
        #expect(wire.log.filter { $0.from == .client }.count == 1)
        #expect(wire.client.tcp.slowStartThreshold == 5)
        wire.run(for: 20 * millisecond)
        #expect(wire.log.filter { $0.from == .client }.count == 3)
        wire.run(for: second)
        #expect(wire.server.tcp.availableBytes == 14_600)
    }

    /// Ten segments at first, then as many more as were acknowledged.
    @Test func slowStartDoubles() {
        let parameters = TCPParameters(sendBuffer: 1 << 20, receiveBuffer: 1 << 20, initialSequence: 1000)
        let wire = Wire.connected(client: parameters, server: parameters)
        wire.send(1 << 20)
        #expect(wire.log.count == 10)
        wire.run(for: 15 * millisecond)
        wire.forget()
        wire.run(for: 15 * millisecond)
        #expect(wire.log.filter { $0.from == .client }.count == 20)
    }
}
