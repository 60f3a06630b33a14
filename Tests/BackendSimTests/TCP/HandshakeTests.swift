import SocketModel
import Testing

@testable import BackendSim

@Suite struct HandshakeTests {
    @Test func threeSegmentsConnect() {
        let wire = Wire()
        wire.run(for: second)
        #expect(wire.log.map { "\($0.from) \($0.flags)" } == ["client S", "server SA", "client A"])
        #expect(wire.client.tcp.state == .established)
        #expect(wire.server.tcp.state == .established)
        #expect(wire.client.tcp.nextDeadline == .max, "an idle connection has no timer")
        #expect(wire.client.tcp.smoothedRoundTrip == 20 * millisecond)
        #expect(wire.server.tcp.smoothedRoundTrip == 20 * millisecond)
        #expect(wire.client.tcp.retransmissionTimeout == 220 * millisecond)
    }

    @Test func theSmallerSegmentCounts() {
        var client = TCPParameters()
        client.maximumSegment = 500
        let wire = Wire(client: client)
        wire.run(for: second)
        #expect(wire.log[0].header.maximumSegment == 500)
        #expect(wire.log[1].header.maximumSegment == 1460)
        #expect(wire.client.tcp.sendSegmentSize == 500)
        #expect(wire.server.tcp.sendSegmentSize == 500)
    }

    @Test func bothBegin() {
        let wire = Wire(
            client: .init(initialSequence: 7), server: .init(initialSequence: 0xffff_ffff), simultaneous: true)
        wire.run(for: 2 * second)
        #expect(wire.client.tcp.state == .established)
        #expect(wire.server.tcp.state == .established)
        #expect(
            wire.log.prefix(4).map { "\($0.from) \($0.flags)" } == ["client S", "server S", "server SA", "client SA"])
        #expect(wire.send(100) == 100)
        wire.run(for: second)
        #expect(wire.server.receive(200, now: wire.now) == pattern(100))
    }

    @Test func nobodyListens() throws {
        let wire = Wire()
        wire.drop = { _ in true }
        wire.run(for: millisecond)
        let reset = try #require(wire.log[0].header.reset(payloadCount: 0))
        #expect(reset.flags == [.reset, .acknowledge])
        wire.client.handle(reset, now: wire.now)
        #expect(wire.client.tcp.state == .closed)
        #expect(wire.client.tcp.takeError() == .connectionRefused)
        #expect(wire.client.tcp.takeError() == nil)
    }

    /// A RST that does not acknowledge our SYN is somebody else's.
    @Test func aBlindResetIsIgnored() {
        let wire = Wire()
        wire.drop = { _ in true }
        wire.run(for: millisecond)
        wire.client.handle(TCPHeader(flags: .reset), now: wire.now)
        wire.client.handle(TCPHeader(acknowledgement: 99, flags: [.reset, .acknowledge]), now: wire.now)
        #expect(wire.client.tcp.state == .synSent)
    }

    /// An old connection's segment answers our SYN: it is told to go, and ours goes on.
    @Test func halfOpenConnectionsAreReset() {
        let wire = Wire()
        wire.drop = { $0.flags == .syn }
        wire.run(for: millisecond)
        wire.client.handle(TCPHeader(sequence: 5, acknowledgement: 99, flags: .acknowledge), now: wire.now)
        wire.flush()
        #expect(wire.log.last?.flags == .reset)
        #expect(wire.log.last?.header.sequence == 99)
        #expect(wire.client.tcp.state == .synSent)
    }

    /// Linux 6.5 and later: four at the same pace, then six with growing pauses.
    @Test func theSynIsRepeatedAndGivenUp() {
        let wire = Wire()
        wire.drop = { _ in true }
        wire.run(for: 200 * second)
        #expect(wire.log.map { $0.at / second } == [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67])
        #expect(wire.client.tcp.state == .closed)
        #expect(wire.client.tcp.takeError() == .timedOut)
    }

    @Test func theSynAckIsRepeatedAndGivenUp() {
        let wire = Wire()
        wire.drop = { $0.from == .server }
        wire.run(for: 200 * second)
        let times = wire.log.filter { $0.from == .server && $0.at >= second / 2 }.map {
            ($0.at - 10 * millisecond) / second
        }
        #expect(Set([1, 3, 7, 15, 31]).isSubset(of: times))
        #expect(wire.server.tcp.state == .closed)
    }

    @Test func theCauseOfALostHandshakeIsTold() {
        let wire = Wire()
        wire.drop = { _ in true }
        wire.run(for: millisecond)
        wire.client.tcp.unreachable(.noRouteToHost)
        #expect(wire.client.tcp.state == .closed)
        #expect(wire.client.tcp.takeError() == .noRouteToHost)
    }

    /// The last acknowledgement is lost: data carries the next one.
    @Test func dataCompletesAHandshake() {
        let wire = Wire()
        wire.drop = { $0.from == .client && $0.flags == .acknowledge }
        wire.run(for: 30 * millisecond)
        #expect(wire.server.tcp.state == .synReceived)
        wire.send(10)
        wire.run(for: 30 * millisecond)
        #expect(wire.server.tcp.state == .established)
        #expect(wire.server.tcp.availableBytes == 10)
    }

    @Test(arguments: [(65_535, 0), (65_536, 1), (131_072, 2), (6 << 20, 7), (1 << 29, 14)])
    func theWindowIsScaled(buffer: Int, scale: UInt8) {
        var parameters = TCPParameters()
        parameters.receiveBuffer = buffer
        let wire = Wire(server: parameters)
        wire.run(for: second)
        #expect(wire.server.tcp.receiveWindowScale == scale)
        #expect(wire.client.tcp.sendWindowScale == scale)
        #expect(wire.log[1].header.window == 65_535)
        wire.send(1)
        wire.run(for: second)
        #expect(wire.client.tcp.windows.send >= UInt32(buffer) - 1 - (1 << UInt32(scale)))
    }

    /// A peer without the option: both windows are as in the header.
    @Test func aPeerWithoutScaling() {
        let syn = TCPHeader(sequence: 1, flags: .syn, window: 100)
        let machine = Machine(TCPConnection(accepting: .init(receiveBuffer: 6 << 20), syn: syn, now: 0))
        let answer = machine.poll(now: 0)
        #expect(answer.map(\.header.windowScale) == [255])
        #expect(machine.tcp.receiveWindowScale == 0)
        #expect(
            machine.tcp.sendSegmentSize == 100, "not more than the window, nor the 536 of a peer that names no size")
    }
}
