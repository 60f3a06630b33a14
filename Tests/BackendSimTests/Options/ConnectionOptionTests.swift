import SocketModel
import Sockets
import Testing

@Suite struct ConnectionOptionTests {
    let simulation = Simulation(seed: 6)

    /// A connection through a listener that `prepare` has set up.
    private func connection(_ prepare: (Socket) throws -> Void = { _ in }) throws -> (client: Socket, server: Socket) {
        let network = simulation.host("server").network
        let listener = try network.socket(.ipv4, .stream)
        try prepare(listener)
        try listener.bind(to: .ipv4(.any, port: 7))
        try listener.listen()
        #expect(try listener.get(.socket.isListening))
        let client = try simulation.host("client").network.connect(to: .ipv4(simulation.host("server").ipv4, port: 7))
        return (client, try listener.accept().0)
    }

    @Test func acceptedSocketsInherit() throws {
        let (_, server) = try connection { listener in
            try listener.set(.tcp.noDelay, true)
            try listener.set(.tcp.keepAliveIdle, 33)
            try listener.set(.socket.receiveBufferSize, 20_000)
            try listener.set(.ip.typeOfService, .lowDelay)
        }
        #expect(try server.get(.tcp.noDelay))
        #expect(try server.get(.tcp.keepAliveIdle) == 33)
        #expect(try server.get(.socket.receiveBufferSize) == 40_000)
        #expect(try server.get(.ip.typeOfService) == .lowDelay)
        #expect(try server.get(.socket.priority) == 0)
        #expect(try !server.get(.socket.isListening))
    }

    @Test(arguments: [true, false]) func acceptingWaitsForData(_ sends: Bool) throws {
        let network = simulation.host("server").network
        let listener = try network.socket(.ipv4, .stream)
        try listener.set(.tcp.deferAccept, 3)
        try listener.bind(to: .ipv4(.any, port: 7))
        try listener.listen()
        let client = try simulation.host("client").network.connect(to: .ipv4(simulation.host("server").ipv4, port: 7))
        try simulation.run(for: .seconds(1))
        #expect { try listener.accept(deadline: .immediate) } throws: { ($0 as? SocketError)?.code == .wouldBlock }
        if sends { try client.sendAll("x") }
        let before = simulation.now
        let (server, _) = try listener.accept()
        #expect((before.duration(to: simulation.now) < .seconds(1)) == sends)
        #expect(try server.get(.tcp.deferAccept) == 0)
    }

    @Test func corkHoldsBackUntilPulled() throws {
        let (client, server) = try connection()
        try client.set(.tcp.cork, true)
        try client.sendAll("half")
        try simulation.run(for: .milliseconds(50))
        #expect { try server.receive(10, flags: [.doNotWait]) } throws: { ($0 as? SocketError)?.code == .wouldBlock }
        try client.set(.tcp.cork, false)
        #expect(try server.receive(10) == Chunk("half"))
    }

    @Test func informationIsTheMachines() throws {
        let (client, server) = try connection()
        try client.sendAll("hello")
        #expect(try server.receive(10) == Chunk("hello"))
        try simulation.run(for: .seconds(1))
        let info = try client.get(.tcp.info)
        #expect(info.state == .established)
        #expect(info.bytesAcknowledged ?? 0 >= 5)
        #expect(info.pathMTU == 1500)
        #expect(info.sinceDataSent >= .seconds(1))
        #expect(try server.get(.tcp.info).bytesReceived == 5)
    }

    @Test func keepAliveReachesALiveConnection() throws {
        let (client, _) = try connection()
        let before = try client.get(.tcp.info).segmentsSent ?? 0
        try client.set(.tcp.keepAliveIdle, 1)
        try client.set(.socket.keepAlive, true)
        try simulation.run(for: .milliseconds(1500))
        #expect(try client.get(.tcp.info).segmentsSent ?? 0 > before)
    }

    @Test func restOfTheQueueIsTold() throws {
        let (client, server) = try connection()
        try server.set(.tcp.receiveQueueLength, true)
        try client.sendAll("hello")
        try simulation.run(for: .seconds(1))
        #expect(try server.receiveMessage(2, controlCapacity: 100)?.control == [.receiveQueueLength(3)])
    }

    @Test func errorIsReadOnce() throws {
        let socket = try simulation.host("client").network.socket(.ipv4, .datagram)
        try socket.connect(to: .ipv4(simulation.host("server").ipv4, port: 9))
        _ = try socket.send("nobody")
        try simulation.run(for: .seconds(1))
        #expect(try socket.get(.socket.error) == .connectionRefused)
        #expect(try socket.get(.socket.error) == nil)
    }

    @Test func cookiesDiffer() throws {
        let network = simulation.host("a").network
        let cookies = try (0..<3).map { _ in try network.socket(.ipv4, .stream).get(.socket.cookie) }
        #expect(Set(cookies).count == 3)
    }

    @Test func onlyIPv6IsChosenBeforeBinding() throws {
        let socket = try simulation.host("a").network.socket(.ipv6, .datagram)
        try socket.set(.ipv6.v6Only, true)
        try socket.bind(to: .ipv6(.any, port: 0))
        #expect { try socket.set(.ipv6.v6Only, false) } throws: { ($0 as? SocketError)?.errno == .invalidArgument }
    }
}

/// Options of connections over loopback, on the kernel and in a simulation.
@Suite struct DifferentialConnectionTests {
    static let inherited: [(OptionLevel, Int32, Int)] = [
        (.tcp, 1, 1), (.tcp, 3, 1), (.tcp, 4, 33), (.tcp, 5, 44), (.tcp, 6, 5), (.tcp, 7, 3), (.tcp, 8, 50),
        (.tcp, 18, 777), (.tcp, 25, 999), (.socket, 9, 1), (.socket, 2, 1), (.socket, 10, 1),
        (.socket, 15, 1), (.socket, 42, 5), (.socket, 12, 4), (.socket, 8, 30000), (.socket, 7, 30000), (.ip, 1, 16),
        (.ip, 2, 9), (.ip, 10, 2), (.tcp, 10, 20000),
    ]

    @Test func inheritsAsFromTheKernel() throws {
        let simulation = Simulation()
        let kernel = try values(try Network(.posix))
        let simulated = try values(simulation.host("a").network)
        for (index, (expected, found)) in zip(kernel, simulated).enumerated() {
            #expect(expected == found, "\(Self.inherited[index])")
        }
    }

    /// What the accepted end of a connection has of each option that was set on its listener, and what setting it again gives.
    private func values(_ network: Network) throws -> [[Int]] {
        let listener = try network.socket(.ipv4, .stream)
        for (level, name, value) in Self.inherited { try listener.setOption(level, name, value) }
        try listener.bind(to: .ipv4(.loopback, port: 0))
        try listener.listen()
        let client = try network.connect(to: try listener.localAddress())
        let server = try listener.accept().connection
        return try Self.inherited.map { level, name, value in
            let inherited = try server.option(level, name)
            try client.setOption(level, name, value)
            return [inherited, try client.option(level, name)]
        }
    }
}
