import SocketModel
import Testing

@testable import BackendSim

/// The ways a connection ends.
@Suite struct ClosingTests {
    @Test func theActiveEndWaits() {
        let wire = Wire.connected()
        wire.change(.client) { $0.close(now: wire.now) }
        #expect(wire.client.tcp.state == .finWait1)
        wire.run(for: 15 * millisecond)
        #expect(wire.server.tcp.state == .closeWait)
        wire.run(for: 100 * millisecond)
        #expect(wire.client.tcp.state == .finWait2)
        wire.change(.server) { $0.close(now: wire.now) }
        #expect(wire.server.tcp.state == .lastAck)
        wire.run(for: 15 * millisecond)
        #expect(wire.client.tcp.state == .timeWait)
        wire.run(for: 15 * millisecond)
        #expect(wire.server.tcp.state == .closed)
        #expect(wire.server.isFinished)
        let start = wire.now
        while wire.step() {}
        #expect(wire.client.isFinished)
        #expect((59...60).contains((wire.now - start) / second))
    }

    @Test func bothCloseAtOnce() {
        let wire = Wire.connected()
        wire.change(.client) { $0.close(now: wire.now) }
        wire.change(.server) { $0.close(now: wire.now) }
        wire.run(for: 10 * millisecond + 1)
        #expect(wire.client.tcp.state == .closing)
        #expect(wire.server.tcp.state == .closing)
        wire.run(for: 20 * millisecond)
        #expect(wire.client.tcp.state == .timeWait)
        #expect(wire.server.tcp.state == .timeWait)
    }

    @Test func halfAConnectionWorks() {
        let wire = Wire.connected()
        wire.send(100)
        wire.change(.client) { $0.shutdownSending() }
        #expect(wire.send(1) == 0)
        wire.run(for: 100 * millisecond)
        #expect(wire.server.tcp.isReceiveEnded == true)
        #expect(wire.receive() == 100)
        #expect(wire.send(50_000, from: .server) == 50_000)
        wire.run(for: second)
        #expect(wire.receive(at: .client) == 50_000)
        #expect(wire.client.tcp.isReceiveEnded == false)
        wire.change(.server) { $0.close(now: wire.now) }
        wire.run(for: second)
        #expect(wire.client.tcp.isReceiveEnded == true)
        #expect(wire.client.tcp.state == .timeWait)
        #expect(wire.server.tcp.state == .closed)
    }

    @Test func whatWasWrittenIsSentAfterClosing() {
        let wire = Wire.connected(
            client: .init(sendBuffer: 1 << 20, initialSequence: 1), server: .init(receiveBuffer: 1 << 20))
        wire.send(500_000)
        wire.change(.client) { $0.close(now: wire.now) }
        wire.run(for: 2 * second)
        #expect(wire.receive() == 500_000)
        #expect(wire.server.tcp.isReceiveEnded == true)
    }

    /// Closing with bytes that nobody read tells the peer that they are lost.
    @Test func unreadBytesMakeItAReset() {
        let wire = Wire.connected()
        wire.send(100)
        wire.run(for: 100 * millisecond)
        wire.forget()
        wire.change(.server) { $0.close(now: wire.now) }
        #expect(wire.sent(by: .server) == ["RA"])
        #expect(wire.server.isFinished)
        wire.run(for: 20 * millisecond)
        #expect(wire.client.tcp.state == .closed)
        #expect(wire.client.tcp.takeError() == .connectionReset)
    }

    @Test func dataAfterClosingIsAnsweredByAReset() {
        let wire = Wire.connected()
        wire.change(.server) { $0.close(now: wire.now) }
        wire.run(for: 100 * millisecond)
        #expect(wire.client.tcp.state == .closeWait)
        wire.forget()
        wire.send(10)
        wire.run(for: 30 * millisecond)
        #expect(wire.sent(by: .server) == ["R"])
        #expect(wire.client.tcp.takeError() == .brokenPipe, "what Linux says in CLOSE_WAIT")
        #expect(wire.server.isFinished)
    }

    @Test func abortingResets() {
        let wire = Wire.connected()
        wire.send(10)
        wire.change(.client) { $0.abort() }
        wire.run(for: 100 * millisecond)
        #expect(wire.sent(by: .client) == ["PA 0+10", "RA"])
        #expect(wire.server.tcp.takeError() == .connectionReset)
        #expect(wire.receive() == 10, "what had come can still be read")
    }

    @Test func givingUpConnectingIsSilent() {
        let wire = Wire()
        wire.run(for: millisecond)
        wire.change(.client) { $0.close(now: wire.now) }
        #expect(wire.client.isFinished)
        #expect(wire.log.count == 1)
    }

    /// RFC 5961: a RST in the window but not at its edge is asked about, one outside is nothing.
    @Test func onlyTheNextNumberResets() {
        let wire = Wire.connected()
        let next = wire.client.tcp.sending.next
        wire.server.handle(TCPHeader(sequence: next &+ 70_000, flags: .reset), now: wire.now)
        wire.flush()
        #expect(wire.log.isEmpty)
        wire.server.handle(TCPHeader(sequence: next &+ 5, flags: .reset), now: wire.now)
        wire.flush()
        #expect(wire.sent(by: .server) == ["A"])
        #expect(wire.server.tcp.state == .established)
        wire.server.handle(TCPHeader(sequence: next, flags: .reset), now: wire.now)
        #expect(wire.server.tcp.takeError() == .connectionReset)
    }

    @Test func aSynInAConnectionIsChallenged() {
        let wire = Wire.connected()
        let next = wire.client.tcp.sending.next
        for _ in 0..<5 {
            wire.server.handle(TCPHeader(sequence: next, flags: .syn), now: wire.now)
            wire.flush()
        }
        #expect(wire.sent(by: .server) == ["A"], "one every half second")
        #expect(wire.server.tcp.state == .established)
    }

    /// The last acknowledgement is lost: the FIN comes again, is acknowledged again, and TIME_WAIT begins anew.
    @Test func timeWaitAnswersALateFin() {
        let wire = Wire.connected()
        wire.change(.client) { $0.close(now: wire.now) }
        wire.run(for: 100 * millisecond)
        wire.drop = { $0.from == .client }
        wire.change(.server) { $0.close(now: wire.now) }
        wire.run(for: 100 * millisecond)
        #expect(wire.client.tcp.state == .timeWait)
        let before = wire.client.tcp.nextDeadline
        wire.drop = { _ in false }
        wire.run(for: 2 * second)
        #expect(wire.server.tcp.state == .closed)
        #expect(wire.client.tcp.nextDeadline > before)
    }

    @Test func aNewConnectionMayReplaceTimeWait() {
        let wire = Wire.connected()
        wire.change(.client) { $0.close(now: wire.now) }
        wire.run(for: 100 * millisecond)
        #expect(!wire.accepts(TCPHeader(sequence: 5002, flags: .syn)), "not before TIME_WAIT")
        wire.change(.server) { $0.close(now: wire.now) }
        wire.run(for: 100 * millisecond)
        #expect(wire.accepts(TCPHeader(sequence: 5003, flags: .syn)))
        #expect(!wire.accepts(TCPHeader(sequence: 5002, flags: .syn)))
        #expect(!wire.accepts(TCPHeader(sequence: 5003, flags: [.syn, .acknowledge])))
    }

    @Test(arguments: [5, 60, 90])
    func anOrphanDoesNotWaitForTheFinForEver(seconds: Int64) {
        let wire = Wire.connected()
        wire.client.tcp.setFinTimeout(seconds * second)
        wire.change(.client) { $0.close(now: wire.now) }
        wire.run(for: 100 * millisecond)
        #expect(wire.client.tcp.state == .finWait2)
        let start = wire.now
        while wire.step() {}
        #expect(wire.client.isFinished)
        #expect((seconds - 1...seconds).contains((wire.now - start) / second))
    }

    @Test func notWaitingForTheFinAtAll() {
        let wire = Wire.connected()
        wire.client.tcp.setFinTimeout(-1)
        wire.change(.client) { $0.close(now: wire.now) }
        wire.run(for: 100 * millisecond)
        #expect(wire.client.isFinished)
        #expect(wire.sent(by: .client) == ["FA", "R"])
    }

    @Test func aSocketThatIsOnlyShutDownWaitsForTheFinForEver() {
        let wire = Wire.connected()
        wire.change(.client) { $0.shutdownSending() }
        wire.run(for: 3600 * second)
        #expect(wire.client.tcp.state == .finWait2)
    }

    @Test func keepAliveFindsOutThatThePeerIsGone() {
        let wire = Wire.connected()
        let start = wire.now
        wire.client.tcp.setKeepAlive(true, idle: 10 * second, interval: second, count: 3, now: wire.now)
        wire.run(for: 60 * second)
        #expect(wire.sent(by: .server).count == 5, "every ten seconds one answer")
        wire.drop = { $0.from == .client }
        wire.forget()
        while wire.client.tcp.state == .established, wire.step() {}
        #expect(wire.sent(by: .client) == ["A", "A", "A", "RA"])
        #expect(wire.client.tcp.takeError() == .timedOut)
        #expect((63..<64).contains((wire.now - start) / second))
    }

    @Test func keepAliveIsQuietWhileSomethingComes() {
        let wire = Wire.connected()
        wire.client.tcp.setKeepAlive(true, idle: 10 * second, interval: second, count: 3, now: wire.now)
        for _ in 0..<10 {
            wire.run(for: 8 * second)
            wire.send(10, from: .server)
        }
        #expect(wire.sent(by: .client).allSatisfy { $0 == "A" })
        #expect(wire.sent(by: .server).count == 10)
    }
}

extension Wire {
    func accepts(_ header: TCPHeader) -> Bool { client.tcp.acceptsNewConnection(header) }
}
