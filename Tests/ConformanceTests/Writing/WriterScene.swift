import Sockets
import TestSupport

/// A writer whose socket's peer takes nothing yet: what is written stays queued.
struct FullScene: Sendable {
    let writer: BufferedWriter
    let peer: Socket
    /// How many bytes the system holds before those of the writer.
    let ahead: Int

    var socket: Socket { writer.socket }

    init(_ network: Network, capacity: Int = 100) throws {
        let (a, b) = try network.socketPair()
        ahead = try a.fill()
        writer = try a.bufferedWriter(capacity: capacity)
        peer = b
    }

    /// What comes from the writer, `count` bytes of it, read by a blocking thread's call or a task's own.
    func read(_ count: Int) async throws(SocketError) -> [UInt8] {
        _ = try await peer.receiveExactly(ahead, deadline: .net)
        return try await peer.receiveExactly(count, deadline: .net).array
    }

    /// What comes from the writer up to the end of the stream.
    func readToEnd() async throws(SocketError) -> [UInt8] {
        _ = try await peer.receiveExactly(ahead, deadline: .net)
        return try await readSlowly(peer)
    }
}

extension BufferedWriter {
    /// Every call of a writer's, by name.
    static let calls: [(String, @Sendable (BufferedWriter) async throws(SocketError) -> Void)] = [
        ("write", { writer async throws(SocketError) in try await writer.write("x") }),
        ("flush", { writer async throws(SocketError) in try await writer.flush() }),
        ("shutdown", { writer async throws(SocketError) in try await writer.shutdown() }),
        ("close", { writer async throws(SocketError) in try await writer.close() }),
    ]

    /// Waits until so many bytes are queued.
    func awaitQueued(_ count: Int) async { while queuedBytes != count { await Task.yield() } }

    /// How many sends of this process's recorded network came to something.
    static func sends(_ recorder: Recorder) -> Int {
        recorder.events.count {
            switch $0 {
            case .executed(let operation, _), .started(let operation, _): operation.name == .send
            default: false
            }
        }
    }
}
