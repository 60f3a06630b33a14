import Sockets
import TestSupport
import Testing

@Suite struct `Waiting for UNIX sockets` {
    private let simulation = Simulation(seed: 3)

    private func address(_ name: String) -> SocketAddress {
        (try? UNIXAddress(path: "/run/" + name)).map { .unix($0) } ?? .unspecified
    }

    @Test func `a server and its clients, awaited`() throws {
        let host = simulation.host("host")
        host.run("server", inBackground: true) { network in
            try await network.listen("unix:/run/echo").serve { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
        }
        host.run { network in
            let socket = try await network.connect("unix:/run/echo")
            let block = [UInt8](repeating: 5, count: 500_000)
            async let sent: Void = socket.sendAll(block)
            #expect(try await socket.receiveExactly(block.count).array == block)
            try await sent
        }
        try simulation.run()
    }

    @Test func `threads wait for a backlog, a queue and a buffer`() throws {
        let host = simulation.host("host")
        let (listening, queueing) = (address("listener"), address("queue"))
        host.run("busy") { network in
            let listener = try network.listen(at: listening, backlog: 0)
            let receiver = try network.socket(.unix, .datagram)
            try receiver.bind(to: queueing)
            for second in 1...4 {
                try network.sleep(for: .seconds(1))
                let (connection, _) = try listener.accept()
                #expect(try connection.receiveExactly(1_000_000).array.last == UInt8(second))
            }
            for number in 0..<30 {
                try network.sleep(for: .milliseconds(100))
                #expect(try receiver.receive(1) == [UInt8(number)])
            }
        }
        host.run("eager") { network in
            try network.sleep(for: .milliseconds(1))
            for second in 1...4 {
                let socket = try network.connect(to: listening)
                try socket.sendAll([UInt8](repeating: UInt8(second), count: 1_000_000))
            }
            let sender = try network.socket(.unix, .datagram)
            for number in 0..<30 { try sender.send([UInt8(number)], to: queueing) }
        }
        try simulation.run()
        #expect(simulation.now.nanoseconds >= 7_000_000_000)
    }

    @Test func `passing goes on where the buffer ends, once`() throws {
        let host = simulation.host("host")
        host.run { network in
            let (a, b) = try network.socketPair()
            let (c, d) = try network.socketPair()
            async let sent = a.send([UInt8](repeating: 1, count: 600_000), passing: [c])
            var (count, descriptors) = (0, 0)
            while count < 600_000 {
                let message = try await b.receiveMessage(70_000, controlCapacity: 100)
                count += message?.bytes.count ?? 0
                descriptors += message?.descriptors.count ?? 0
            }
            #expect(try await sent == 600_000)
            #expect(descriptors == 1)
            keep(d)
        }
        try simulation.run()
    }

    @Test func `hosts have paths of their own`() throws {
        let one = try simulation.host("one").network.listen(at: address("a"))
        let other = simulation.host("other").network
        #expect(
            failure { () throws(SocketError) in try other.connect(to: address("a")) }?.errno == .noSuchFileOrDirectory)
        keep(one)
    }

    @Test func `the same seed does the same`() throws {
        func hash(_ seed: UInt64) throws -> UInt64 {
            let simulation = Simulation(seed: seed)
            let (a, b) = try simulation.host("host").network.socketPair()
            _ = try a.send([UInt8(truncatingIfNeeded: seed)])
            keep(b)
            return simulation.hash
        }
        #expect(try hash(1) == hash(1))
        #expect(try hash(1) != hash(2))
    }
}
