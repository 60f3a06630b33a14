@_spi(Measuring) import Sockets

/// Echoes datagrams, from one socket: one at a time, or as many at once as are there.
struct DatagramEcho {
    let arguments: Arguments

    func run(_ network: Network) async throws {
        let socket = try network.socket(.ipv4, .datagram)
        try await socket.bind(to: arguments.host, port: arguments.port)
        if arguments.mode == .batches { try await echoBatches(socket) } else { try await echoDatagrams(socket) }
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

/// As awaited batches, on the calling thread.
func echoBatchesBlocking(_ socket: Socket) throws {
    var batch = try MessageBatch(atOnce, of: longest)
    while try socket.receiveBatch(into: &batch) != nil { _ = try socket.sendBatch(batch) }
}
