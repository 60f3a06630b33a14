import Sockets

/// Socket calls on a simulated host, with any options, control messages and addresses: nothing traps, every call ends, a close gives
/// everything back, and the same bytes twice are the same simulation.
func fuzzSimulatedCalls(_ bytes: [UInt8]) throws {
    let hash = try play(bytes)
    try demand(play(bytes), equals: hash, "the hash of the same calls")
}

private func play(_ bytes: [UInt8]) throws -> UInt64 {
    let simulation = Simulation(seed: 1)
    var program = SimulatedProgram(network: simulation.host("host").network, script: Script(bytes))
    try program.run()
    try simulation.run(for: .seconds(300))
    let left = simulation.netstat.split(separator: "\n").filter { $0.contains("ESTABLISHED") || $0.contains("LISTEN") }
    try demand(left, equals: [], "what is left open")
    return simulation.hash
}

private struct SimulatedProgram {
    let network: Network
    var script: Script
    private var sockets: [Socket?] = Array(repeating: nil, count: 4)

    init(network: Network, script: Script) {
        self.network = network
        self.script = script
    }

    mutating func run() throws {
        for _ in 0..<60 where !script.isOver {
            do throws(SocketError) {
                try step()
            } catch {
                try demand(error.code != .closed, "a call on a socket that is there: \(error)")
                try demand(!error.description.isEmpty, "an error without a text")
            }
        }
        for socket in sockets { try? socket?.close() }
    }

    private mutating func step() throws(SocketError) {
        let place = script.pick(sockets.count)
        guard let socket = sockets[place] else { return try open(place) }
        switch script.pick(16) {
        case 0: try socket.bind(to: address(for: socket))
        case 1: try socket.listen(backlog: Int(script.number(Int8.self)))
        case 2, 3: try socket.connect(to: address(for: socket))
        case 4: try keep(socket.accept().connection, at: script.pick(sockets.count))
        case 5, 6: _ = try socket.send(script.bytes(script.pick(100)), flags: flags())
        case 7: _ = try socket.send(script.bytes(script.pick(100)), to: address(for: socket), flags: flags())
        case 8: try sendControl(socket)
        case 9: _ = try socket.receive(script.pick(256), flags: flags())
        case 10: _ = try socket.receiveMessage(script.pick(256), controlCapacity: script.pick(256), flags: flags())
        case 11: try socket.setOption(level(), Int32(script.byte()), bytes: script.bytes(script.pick(40)))
        case 12: _ = try socket.option(level(), Int32(script.byte()), length: script.pick(256))
        case 13: try socket.shutdown([.receive, .send, .both][script.pick(3)])
        case 14:
            sockets[place] = nil
            try socket.close()
        default: try network.sleep(for: .milliseconds(script.pick(256)))
        }
    }

    private mutating func open(_ place: Int) throws(SocketError) {
        let family: AddressFamily = [.ipv4, .ipv6, .unix][script.pick(3)]
        let type: SocketType = [.stream, .datagram][script.pick(2)]
        guard family == .unix, script.pick(2) == 0 else { return try keep(network.socket(family, type), at: place) }
        let (one, other) = try network.socketPair(.unix, type)
        try keep(one, at: place)
        try keep(other, at: script.pick(sockets.count))
    }

    private mutating func keep(_ socket: Socket, at place: Int) throws(SocketError) {
        socket.mode = .nonBlocking
        try sockets[place]?.close()
        sockets[place] = socket
    }

    /// One of a few that calls may meet at, or any bytes.
    private mutating func address(for socket: Socket) -> SocketAddress {
        let port = UInt16(script.pick(3))
        switch script.pick(5) {
        case 0: return .ipv4(.loopback, port: port)
        case 1: return .ipv6(.loopback, port: port)
        case 2: return (try? UNIXAddress(abstract: [script.byte() % 2])).map { .unix($0) } ?? .unspecified
        case 3: return (try? sockets[script.pick(sockets.count)]?.localAddress()) ?? .unspecified
        default:
            let bytes = script.bytes(2 + script.pick(30))
            return unsafe bytes.withUnsafeBytes { unsafe SocketAddressCoding.decode($0, length: bytes.count) }
        }
    }

    private mutating func sendControl(_ socket: Socket) throws(SocketError) {
        let control = ControlMessage.decode(OptionBytes(script.bytes(script.pick(80)))).messages
        let rights: [ControlMessage] = (0..<script.pick(3)).compactMap { _ in
            (try? sockets[script.pick(sockets.count)]?.descriptor()).map { .rights([$0]) }
        }
        let target = script.pick(2) == 0 ? nil : address(for: socket)
        try socket.sendMessage([script.bytes(script.pick(20))], control: control + rights, to: target, flags: flags())
    }

    private mutating func flags() -> MessageFlags {
        script.pick(2) == 0 ? [] : MessageFlags(rawValue: script.number())
    }

    private mutating func level() -> OptionLevel {
        [.socket, .ip, .ipv6, .tcp, .udp, OptionLevel(rawValue: 255)][script.pick(6)]
    }
}
