import Sockets

/// Echoes streams and datagrams until it is cancelled.
struct SoakServer: Sendable {
    let streams: Socket
    let datagrams: Socket

    /// One that listens at an address; port 0 is any.
    init(_ network: Network, at address: SocketAddress) throws(SocketError) {
        streams = try network.listen(at: address)
        datagrams = try network.socket(.ipv4, .datagram)
        try datagrams.bind(to: address)
    }

    func run() async throws {
        await withTaskGroup { group in
            // Connections that clients reset or leave end in errors: that is their purpose.
            group.addTask { try? await streams.serve { try await echo($0) } }
            group.addTask { try? await echoDatagrams() }
        }
        try await streams.close()
        try await datagrams.close()
    }

    private func echo(_ connection: Socket) async throws {
        while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
    }

    private func echoDatagrams() async throws {
        while let (chunk, sender) = try await datagrams.receiveFrom(2000) {
            if let sender { _ = try? await datagrams.send(chunk, to: sender) }
        }
    }
}
