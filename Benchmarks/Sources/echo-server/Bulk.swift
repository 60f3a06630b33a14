import Sockets

/// Much in one direction.
struct Bulk {
    private let chunk: Chunk
    private let gather: Int

    init(_ arguments: Arguments) {
        chunk = Chunk([UInt8](repeating: UInt8(ascii: "x"), count: arguments.chunk))
        gather = arguments.gather
    }

    /// Receives to the end.
    func discard(_ connection: Socket) async throws {
        for try await _ in connection.chunks() {}
    }

    /// Sends until the peer has gone.
    func generate(_ connection: Socket) async throws {
        if gather > 1 {
            let pieces: [any ByteSource] = Array(repeating: chunk, count: gather)
            while true { try await connection.sendMessage(pieces) }
        }
        while true { try await connection.sendAll(chunk) }
    }

    /// The same through a writer's queue.
    func write(_ connection: Socket) async throws {
        let writer = try connection.bufferedWriter(capacity: 16 * chunk.count)
        while true { try await writer.write(chunk) }
    }
}
