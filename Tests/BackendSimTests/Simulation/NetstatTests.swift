import Sockets
import Testing

@Suite struct NetstatTests {
    @Test func tellsSocketsAndWhoWaits() throws {
        let simulation = Simulation(seed: 3)
        let server = simulation.host("server")
        server.run("server", inBackground: true) { network in
            let listener = try await network.listen("0.0.0.0:7")
            let (connection, _) = try await listener.accept()
            try await network.sleep(for: .seconds(2))
            _ = try await connection.receive()
            _ = try await connection.receive()
        }
        simulation.host("client").run("caller", inBackground: true) { network in
            let socket = try network.connect(to: .ipv4(server.ipv4, port: 7))
            try socket.sendAll("hello")
            try network.sleep(for: .seconds(1))
            _ = try socket.receive()
        }
        try simulation.run(for: .seconds(1.5))
        let early = simulation.netstat
        #expect(early.contains(/server \(10\.0\.0\.1, fd00::1\)\n +FD  PROTO +RECV-Q +SEND-Q +LOCAL/), "\(early)")
        #expect(early.contains(/3 +tcp +0 +\d+ +0\.0\.0\.0:7 +\* +LISTEN/))
        #expect(early.contains(/4 +tcp +5 +0 +10\.0\.0\.1:7 +10\.0\.0\.2:\d+ +ESTABLISHED\n/))
        #expect(early.contains(/ESTABLISHED +recv since 1\.000\d+ \(thread "caller"\)/), "\(early)")
        try simulation.run(for: .seconds(1))
        #expect(simulation.netstat.contains(/4 +tcp +0 +0 .* recv since 2\.000\d+ \(task\)/), "\(simulation.netstat)")
    }

    @Test func tellsWhatNoDescriptorHolds() throws {
        let simulation = Simulation(seed: 3)
        let server = simulation.host("server")
        let listener = try server.network.listen("[::]:7")
        let client = try simulation.host("client").network.connect(to: .ipv4(server.ipv4, port: 7))
        try simulation.run(for: .seconds(1))
        #expect(simulation.netstat.contains(/3 +tcp6 +1 +\d+ +\[::\]:7 +\* +LISTEN/), "\(simulation.netstat)")
        #expect(simulation.netstat.contains(/- +tcp6 .* ESTABLISHED/))
        try client.close()
        try listener.accept().connection.close()
        try simulation.run(for: .seconds(1))
        #expect(simulation.netstat.contains(/- +tcp +0 +0 .* TIME_WAIT/), "\(simulation.netstat)")
    }

    @Test func tellsThreadsThatWaitForOthers() throws {
        let simulation = Simulation(seed: 3)
        simulation.host("one").run("main", inBackground: true) { network in
            let other = try network.spawn("other") { try? network.sleep(for: .seconds(9)) }
            try other.join()
        }
        try simulation.run(for: .seconds(1))
        #expect(simulation.netstat.contains("  join since 0.000000000 (thread \"main\")\n"), "\(simulation.netstat)")
    }

    @Test func tellsUNIXSockets() throws {
        let simulation = Simulation(seed: 3)
        let (one, other) = try simulation.host("one").network.socketPair()
        try one.sendAll("hello")
        #expect(simulation.netstat.contains(/4 +unix +5 +0 +\* +unnamed +CONNECTED/), "\(simulation.netstat)")
        _ = try other.receive()
        #expect(simulation.netstat.contains(/4 +unix +0 +0 +\* +unnamed +CONNECTED/), "\(simulation.netstat)")
    }
}
