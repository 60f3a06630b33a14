import Sockets

/// Programs whose traffic tests look at.
enum Traced {
    /// A client sends `size` bytes to a server and gets them back.
    static func echo(
        bytes size: Int = 5, isIPv6: Bool = false, conditions: LinkConditions = LinkConditions()
    ) throws -> Simulation {
        var options = SimulationOptions()
        options.conditions = conditions
        let simulation = Simulation(seed: 1, options: options)
        simulation.startTracing()
        let server = simulation.host("server")
        server.run("echo", inBackground: true) { network in
            try await network.listen("[::]:7").serve { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
        }
        let address: SocketAddress = isIPv6 ? .ipv6(server.ipv6, port: 7) : .ipv4(server.ipv4, port: 7)
        simulation.host("client").run { network in
            let socket = try await network.connect(to: address)
            async let sent: Void = socket.sendAll([UInt8](repeating: 42, count: size))
            _ = try await socket.receiveExactly(size)
            try await sent
            try await socket.close()
        }
        try simulation.run()
        return simulation
    }

    /// A datagram of `size` bytes, and one to a port that nobody has.
    static func datagrams(bytes size: Int = 2, isIPv6: Bool = false) throws -> Simulation {
        let simulation = Simulation(seed: 1)
        simulation.startTracing()
        let (one, other) = (simulation.host("one"), simulation.host("other"))
        let family: AddressFamily = isIPv6 ? .ipv6 : .ipv4
        func address(_ port: UInt16) -> SocketAddress {
            isIPv6 ? .ipv6(other.ipv6, port: port) : .ipv4(other.ipv4, port: port)
        }
        let receiver = try other.network.socket(family, .datagram)
        try receiver.bind(to: isIPv6 ? "::" : "0.0.0.0", port: 5000)
        let sender = try one.network.socket(family, .datagram)
        try sender.send([UInt8](repeating: 7, count: size), to: address(5000))
        _ = try receiver.receive(65_536)
        try sender.send("nobody", to: address(5001))
        try simulation.run(for: .seconds(1))
        return simulation
    }
}
