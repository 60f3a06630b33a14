@_spi(Measuring) import Sockets

/// How datagrams are echoed, from one socket.
enum DatagramEcho: String {
    /// One at a time.
    case datagrams
    /// As many at once as are there.
    case batches

    func run(_ network: Network, _ arguments: Arguments) async throws {
        let socket = try network.socket(.ipv4, .datagram)
        try await socket.bind(to: arguments.host, port: arguments.port)
        switch (self, arguments.blocks) {
        case (.datagrams, false): try await network.run { try await echoDatagrams(socket) }
        case (.batches, false): try await network.run { try await echoBatches(socket) }
        case (.batches, true): try echoBlocking(socket)
        case (.datagrams, true): fatalError("datagrams are only awaited; batches may block")
        }
    }
}

private let longest = 2048
private let atOnce = 32

private func echoDatagrams(_ socket: Socket) async throws {
    while let (bytes, sender) = try await socket.receiveFrom(longest) {
        if let sender { try await socket.send(bytes, to: sender) }
    }
}

private func echoBatches(_ socket: Socket) async throws {
    var batch = try MessageBatch(atOnce, of: longest)
    while try await socket.receiveBatch(into: &batch) != nil { _ = try await socket.sendBatch(batch) }
}

private func echoBlocking(_ socket: Socket) throws {
    var batch = try MessageBatch(atOnce, of: longest)
    while try socket.receiveBatch(into: &batch) != nil { _ = try socket.sendBatch(batch) }
}
