import Sockets
import Testing

@Suite struct SmokeTests {
    @Test func echoes() throws {
        let simulation = Simulation(seed: 1)
        let server = simulation.host("server")
        server.run("echo") { network in
            try await network.listen("0.0.0.0:7").serve { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
        }
        simulation.host("client").run { network in
            let socket = try await network.connect(to: "server", port: 7)
            for number in 0..<100 {
                try await socket.sendAll("hello \(number)")
                let answer = try await socket.receive()
                #expect(answer == Chunk("hello \(number)"))
            }
        }
        try simulation.run(for: .seconds(1))
        #expect(simulation.now.nanoseconds == 1_000_000_000)
        print(simulation.netstat, simulation.hash)
    }

    @Test func echoesBlocking() throws {
        let simulation = Simulation(seed: 1)
        let server = simulation.host("server")
        server.run("echo") { network in
            let listener = try network.listen("0.0.0.0:7")
            let (connection, _) = try listener.accept()
            while let chunk = try connection.receive() { try connection.sendAll(chunk) }
        }
        simulation.host("client").run { network in
            let socket = try network.connect(to: "server", port: 7)
            for number in 0..<100 {
                try socket.sendAll("hello \(number)")
                let answer = try socket.receive()
                #expect(answer == Chunk("hello \(number)"))
            }
        }
        try simulation.run()
        print(simulation.now, simulation.hash)
    }

    @Test func datagrams() throws {
        let simulation = Simulation(seed: 1)
        let one = simulation.host("one").network
        let other = simulation.host("other").network
        let receiver = try other.socket(.ipv4, .datagram)
        try receiver.bind(to: "0.0.0.0", port: 5000)
        let sender = try one.socket(.ipv4, .datagram)
        try sender.send("hi", to: .ipv4(simulation.host("other").ipv4, port: 5000))
        #expect(try receiver.receive() == Chunk("hi"))
        print(simulation.now)
    }
}
