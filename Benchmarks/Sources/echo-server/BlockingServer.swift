import Sockets

/// A thread for each connection, calls that block.
struct BlockingServer {
    private let network: Network
    private let arguments: Arguments

    init(_ network: Network, _ arguments: Arguments) {
        self.network = network
        self.arguments = arguments
    }

    func run() throws {
        if arguments.mode == .batches {
            let socket = try network.socket(.ipv4, .datagram)
            try socket.bind(to: arguments.host, port: arguments.port)
            return try echoBatchesBlocking(socket)
        }
        let listener = try network.listen(host: arguments.host, port: arguments.port, backlog: 4096)
        // Connections inherit it.
        try listener.set(.tcp.noDelay, true)
        try serve(listener)
    }

    private func serve(_ listener: Socket) throws {
        let handler = handler
        while true {
            let (connection, _) = try listener.accept()
            // A connection whose peer is gone ends its own thread, and nothing else.
            try network.spawn { try? handler(connection) }
        }
    }

    private var handler: @Sendable (Socket) throws -> Void {
        let (chunk, gather) = (arguments.chunk, arguments.gather)
        switch arguments.mode {
        case .echo: return { try echo($0) }
        case .sink: return { try discard($0, atOnce: chunk) }
        case .source: return { try generate($0, chunk, atOnce: gather) }
        case .machine, .writer, .datagrams, .batches: preconditionFailure("no mode of a blocking server")
        }
    }
}

private func echo(_ connection: Socket) throws {
    var memory = [UInt8](repeating: 0, count: 16384)
    while let count = try connection.receive(into: &memory) { try connection.sendAll(memory[..<count]) }
}

private func discard(_ connection: Socket, atOnce: Int) throws {
    var memory = [UInt8](repeating: 0, count: atOnce)
    while try connection.receive(into: &memory) != nil {}
}

private func generate(_ connection: Socket, _ size: Int, atOnce count: Int) throws {
    let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: size)
    let pieces: [any ByteSource] = Array(repeating: chunk, count: count)
    while true { try connection.sendMessage(pieces) }
}
