import Sockets
import TestSupport
import Testing

@Suite struct `Options through a socket` {
    @Test(arguments: Backends.all) func `a low-water mark that could not be kept is refused`(backend: TestBackend)
        throws
    {
        let socket = try backend.network().socket(.ipv4)
        try socket.set(.socket.receiveLowWater, 1)
        let error = failure { () throws(SocketError) in try socket.set(.socket.receiveLowWater, 2) }
        #expect(error?.code == .unsupported)
        #expect(error?.description.contains("SO_RCVLOWAT") == true)
        #expect(code { () throws(SocketError) in try socket.setOption(.socket, 18, 4) } == .unsupported)
        #expect(try socket.get(.socket.receiveLowWater) == 1)
    }

    @Test(arguments: Backends.all) func `typed values are set and read back`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        try socket.set(.tcp.noDelay, true)
        #expect(try socket.get(.tcp.noDelay))
        try socket.set(.socket.linger, .on(seconds: 5))
        #expect(try socket.get(.socket.linger) == .on(seconds: 5))
        try socket.set(.ip.timeToLive, 9)
        #expect(try socket.get(.ip.timeToLive) == 9)
        #expect(try !socket.get(.tcp.congestionControl).isEmpty)
    }

    @Test(arguments: Backends.all) func `options are set and read by number`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv4)
        #expect(try socket.option(.socket, 9) == 0)
        try socket.setOption(.socket, 9, 1)
        #expect(try socket.option(.socket, 9) == 1)
        try socket.setOption(.socket, 9, bytes: [0, 0, 0, 0])
        #expect(try socket.option(.socket, 9) == 0)
        #expect(try socket.option(.socket, 13, length: 8) == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(try socket.option(.socket, 13, length: 4).count == 4)
        #expect(try socket.option(.socket, 9, length: 0) == [])
    }

    @Test(arguments: Backends.all) func `negative integers keep their sign`(backend: TestBackend) throws {
        let socket = try backend.network().socket(.ipv6, .datagram)
        try socket.setOption(OptionLevel(rawValue: 41), 16, -1)
        #expect(try socket.option(.socket, 49) <= 0)
    }

    @Test(arguments: Backends.all) func `values that do not fit are refused before the system sees them`(
        backend: TestBackend
    ) throws {
        let socket = try backend.network().socket(.ipv4)
        for value in [Int.max, Int.min, 1 << 31, -(1 << 31) - 1] {
            #expect(code { () throws(SocketError) in try socket.setOption(.socket, 9, value) } == .invalidArgument)
        }
        for length in [-1, Int.min, .max, 1 << 20 + 1] {
            #expect(
                code { () throws(SocketError) in try socket.option(.socket, 9, length: length) } == .invalidArgument)
        }
        #expect(code { () throws(SocketError) in try socket.set(.socket.sendBufferSize, .max) } == .invalidArgument)
    }

    @Test(arguments: Backends.all) func `an option of another kind of socket is refused by name`(backend: TestBackend)
        throws
    {
        let socket = try backend.network().socket(.ipv4, .datagram)
        let error = failure { () throws(SocketError) in try socket.get(.tcp.noDelay) }
        #expect(error?.code == .unsupported)
        #expect(error?.description.contains("TCP_NODELAY") == true)
        let raw = failure { () throws(SocketError) in try socket.option(.socket, 9999) }
        #expect(raw?.errno == .protocolNotAvailable)
        #expect(raw?.description.contains("9999") == true)
    }

    @Test(arguments: Backends.all) func `the pending error is read once`(backend: TestBackend) throws {
        let network = try backend.network()
        let socket = try network.udp()
        try socket.connect(to: network.vacantAddress())
        _ = try socket.send("x")
        _ = try socket.wait(for: .readable, deadline: .net)
        #expect(try socket.get(.socket.error) == .connectionRefused)
        #expect(try socket.get(.socket.error) == nil)
    }
}
