import Sockets
import TestSupport
import Testing

/// Several datagrams in one send or receive: `UDP_SEGMENT` and `UDP_GRO`, whose segments over loopback are never taken apart between.
@Suite struct `Segments` {
    private static let addresses: [SocketAddress] = [.loopback4, .loopback6]

    @Test(arguments: Backends.all, addresses) func `one send of several segments arrives as several datagrams`(
        backend: TestBackend, address: SocketAddress
    ) throws {
        let (a, b) = try backend.network().udpPair(address)
        let bytes = (0..<2500).map { UInt8(truncatingIfNeeded: $0 >> 3) }
        let target = try b.localAddress()
        #expect(try a.sendMessage([bytes], control: [.udpSegmentSize(1000)], to: target) == 2500)
        for part in [bytes[..<1000], bytes[1000..<2000], bytes[2000...]] {
            #expect(try b.receive(4096, deadline: .net)?.array == Array(part))
        }
        #expect(code { () throws(SocketError) in try b.receive(1, deadline: .immediate) } == .wouldBlock)
    }

    @Test(arguments: Backends.all) func `an option cuts every send into segments`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        try a.set(.udp.segmentSize, 2)
        #expect(try a.get(.udp.segmentSize) == 2)
        #expect(try a.send("abcde", to: b.localAddress()) == 5)
        for part in ["ab", "cd", "e"] { #expect(try b.receive(9, deadline: .net)?.description == part) }
    }

    @Test(arguments: Backends.all, addresses)
    func `a receiver that joins gets one message, and the segments' size`(
        backend: TestBackend, address: SocketAddress
    ) throws {
        let (a, b) = try backend.network().udpPair(address)
        try b.set(.udp.receiveOffload, true)
        #expect(try b.get(.udp.receiveOffload))
        let bytes = (0..<2500).map { UInt8(truncatingIfNeeded: $0 >> 3) }
        let target = try b.localAddress()
        #expect(try a.sendMessage([bytes], control: [.udpSegmentSize(1000)], to: target) == 2500)
        let capacity = ControlMessage.capacity(for: [.number])
        let message = try #require(try b.receiveMessage(65_536, controlCapacity: capacity, deadline: .net))
        #expect(message.bytes.array == bytes)
        #expect(message.control == [.udpReceiveSegmentSize(1000)])
        #expect(try message.sender == a.localAddress())
    }

    @Test(arguments: Backends.all) func `a batch that was joined goes on in segments`(
        backend: TestBackend
    ) throws {
        let (a, b) = try backend.network().udpPair()
        try b.set(.udp.receiveOffload, true)
        let target = try b.localAddress()
        #expect(try a.sendMessage(["abcde"], control: [.udpSegmentSize(2)], to: target) == 5)
        try a.send("alone", to: target)
        var batch = try MessageBatch(4, of: 2048, controlCapacity: ControlMessage.capacity(for: [.number]))
        var count = 0
        while count < 2 {
            count += try #require(try b.receiveBatch(into: &batch, deadline: .net))
            #expect(try b.sendBatch(batch) == batch.count)
        }
        for part in ["ab", "cd", "e", "alone"] { #expect(try a.receive(9, deadline: .net)?.description == part) }
    }

    @Test(arguments: Backends.all) func `more segments than the system takes are refused`(backend: TestBackend) throws {
        let (a, b) = try backend.network().udpPair()
        let target = try b.localAddress()
        let bytes = [UInt8](repeating: 1, count: 2000)
        let error = failure { () throws(SocketError) in
            try a.sendMessage([bytes], control: [.udpSegmentSize(1)], to: target)
        }
        #expect(error?.code == .invalidArgument || error?.code == .messageTooLong)
    }
}
