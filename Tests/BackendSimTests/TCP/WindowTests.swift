import SocketModel
import Testing

@testable import BackendSim

/// Buffers, windows, and what happens when they are full.
@Suite struct WindowTests {
    static let small = TCPParameters(sendBuffer: 10_000, receiveBuffer: 8000, initialSequence: 1000)

    /// Bytes wait in both buffers, and not one more is taken.
    @Test func bothBuffersHoldBack() {
        let wire = Wire.connected(client: Self.small, server: Self.small)
        var taken = 0
        for _ in 0..<100 {
            taken += wire.send(1000)
            wire.run(for: second)
        }
        #expect(wire.server.tcp.availableBytes <= 8000)
        #expect(wire.server.tcp.availableBytes > 8000 - 1460)
        #expect(wire.client.tcp.unacknowledgedBytes == 10_000)
        #expect(taken == wire.server.tcp.availableBytes + 10_000)
        #expect(wire.client.tcp.isWritable == false)
        #expect(wire.client.tcp.sendSpace == 0)
        var received = 0
        while received < taken, wire.now < 3600 * second {
            received += wire.receive(3000)
            wire.run(for: second)
        }
        #expect(received == taken)
        #expect(wire.client.tcp.isWritable == true)
    }

    /// Linux: when a third of the buffer is free.
    @Test(arguments: [(6667, true), (6668, false), (0, true), (10_000, false)])
    func writability(used: Int, isWritable: Bool) {
        let wire = Wire.connected(client: Self.small, server: Self.small)
        wire.drop = { $0.from == .client }
        wire.send(used)
        #expect(wire.client.tcp.isWritable == isWritable)
    }

    @Test func unsentBytesMayBeLimited() {
        let wire = Wire.connected()
        wire.client.tcp.setNotSentLowWater(4000)
        wire.drop = { $0.from == .client }
        wire.send(14_600)
        #expect(wire.client.tcp.isWritable == true)
        wire.send(2000)
        #expect(wire.client.tcp.isWritable == false)
        wire.send(2000)
        #expect(wire.client.tcp.sendSpace == 0)
    }

    /// The peer's window closes: it is asked for, ever more seldom, and the connection lives as long as it answers.
    @Test func aClosedWindowIsProbed() {
        let wire = Wire.connected(client: Self.small, server: Self.small)
        wire.send(10_000)
        wire.run(for: second)
        #expect(wire.client.tcp.unsentBytes > 0)
        wire.forget()
        wire.run(for: 3600 * second)
        let probes = wire.log.filter { $0.from == .client }
        #expect(probes.allSatisfy { $0.payload.isEmpty })
        #expect((30...45).contains(probes.count), "at most every two minutes")
        #expect(wire.client.tcp.state == .established)
        wire.receive()
        wire.run(for: second)
        #expect(wire.server.tcp.availableBytes > 0)
    }

    /// The segment that opens the window is lost: a probe finds out.
    @Test func aLostWindowUpdateIsFoundOut() {
        let wire = Wire.connected(client: Self.small, server: Self.small)
        wire.send(10_000)
        wire.run(for: second)
        wire.drop = { $0.from == .server }
        let first = wire.receive()
        wire.drop = { _ in false }
        wire.run(for: 10 * second)
        #expect(first + wire.server.tcp.availableBytes == 10_000)
    }

    @Test func aClosedWindowWithoutAnswersEndsIt() {
        let wire = Wire.connected(client: Self.small, server: Self.small)
        wire.send(10_000)
        wire.run(for: second)
        wire.drop = { $0.from == .server }
        while wire.client.tcp.state == .established, wire.now < 7200 * second, wire.step() {}
        #expect(wire.client.tcp.takeError() == .timedOut)
    }

    @Test func theUserTimeoutEndsAClosedWindow() {
        let wire = Wire.connected(client: Self.small, server: Self.small)
        wire.client.tcp.setUserTimeout(30 * second)
        wire.send(10_000)
        let start = wire.now
        while wire.client.tcp.state == .established, wire.now < 7200 * second, wire.step() {}
        #expect(wire.client.tcp.takeError() == .timedOut)
        #expect((30..<32).contains((wire.now - start) / second))
    }

    /// Reading little by little does not make the peer send little by little.
    @Test func smallReadsOpenTheWindowInLargeSteps() {
        let wire = Wire.connected(
            client: .init(sendBuffer: 100_000, initialSequence: 1000), server: Self.small)
        wire.send(100_000)
        wire.run(for: second)
        wire.forget()
        for _ in 0..<400 {
            wire.receive(20)
            wire.run(for: 50 * millisecond)
        }
        let sizes = wire.log.filter { $0.from == .client }.map(\.payload.count).filter { $0 > 0 }
        #expect(sizes.allSatisfy { $0 >= 536 })
    }

    /// A larger window than 64 KiB is filled.
    @Test func sixMebibytesInFlight() {
        let large = TCPParameters(sendBuffer: 6 << 20, receiveBuffer: 6 << 20, initialSequence: 0xffff_0000)
        let wire = Wire.connected(client: large, server: large)
        #expect(wire.send(6 << 20) == 6 << 20)
        var most = 0
        while wire.server.tcp.availableBytes < 6 << 20, wire.now < 100 * second, wire.step() {
            most = max(most, wire.client.tcp.sending.inFlight)
        }
        #expect(most > 1 << 20)
        #expect(wire.server.receive(6 << 20, now: wire.now) == pattern(6 << 20))
        #expect(wire.client.tcp.counters.retransmissions == 0)
    }

    @Test func aShrunkenBufferKeepsItsPromise() {
        let wire = Wire.connected()
        wire.change(.server) { $0.setReceiveBuffer(1000) }
        wire.send(50_000)
        wire.run(for: second)
        #expect(wire.server.tcp.availableBytes == 50_000)
        wire.receive()
        wire.send(50_000)
        wire.run(for: 100 * second)
        #expect(wire.server.tcp.availableBytes < 20_000)
    }

    @Test func peekingTakesNothing() {
        let wire = Wire.connected()
        wire.send(100)
        wire.run(for: second)
        #expect(wire.server.receive(10, peek: true, now: wire.now) == pattern(10))
        #expect(wire.server.receive(10, peek: true, offset: 20, now: wire.now) == pattern(10, from: 20))
        #expect(wire.server.receive(10, peek: true, offset: 200, now: wire.now) == [])
        #expect(wire.server.receive(1000, now: wire.now) == pattern(100))
        #expect(wire.server.receive(1000, now: wire.now) == [])
    }

    @Test func anIdleConnectionIsSmall() {
        #expect(MemoryLayout<TCPConnection>.size <= 600)
        let wire = Wire.connected()
        #expect(wire.client.tcp.allocatedBytes == 0)
        wire.send(100_000)
        wire.run(for: second)
        wire.receive()
        wire.run(for: second)
        wire.receive()
        wire.run(for: second)
        #expect(wire.client.tcp.allocatedBytes <= ByteRing.keptCapacity)
        #expect(wire.server.tcp.allocatedBytes <= ByteRing.keptCapacity)
    }
}
