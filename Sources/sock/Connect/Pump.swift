import Locks
import Sockets

/// Carries standard input to a socket and the socket to standard output, both at once, each way in a task.
///
/// Standard input and output may be anything: files and terminals, for which no readiness can be awaited, and pipes and sockets that other
/// processes share, which would find them non-blocking if this one made them so, and ended by a signal. So each has a thread to be read
/// and written by, piece by piece as the task asks: there is never more than one piece on its way, and a reader of standard output that
/// rests does not hold up the input.
final class Pump: Sendable {
    private let network: Network
    private let socket: Socket
    /// How long a datagram socket stays silent after the end of input before that is taken for the end.
    private let silence: Duration
    private let input = Lock(Input())
    private let reader: BlockingThread
    private let writer: BlockingThread

    private struct Input {
        /// When standard input ended; nil while it goes on.
        var end: NetworkInstant?
        /// Why it could not be read, or not be sent on.
        var failure: (any Error)?
    }

    /// How much is read of standard input at once: with datagrams, the most that becomes one.
    private static let pieceSizes = (stream: 65_536, datagram: 8_192)

    init(_ network: Network, _ socket: Socket, silence: Duration) throws(SocketError) {
        self.network = network
        self.socket = socket
        self.silence = silence
        reader = try BlockingThread(network, "sock-input")
        writer = try BlockingThread(network, "sock-output")
    }

    /// Returns when the peer has ended; standard input may go on, and is not read any further then.
    func run() async throws {
        // Ended with this scope, wherever it is.
        async let _ = carryInput()
        if socket.type == .datagram { try await carryDatagrams() } else { try await carryStream() }
        if let failure = input.withLock({ $0.failure }) { throw failure }
    }

    private func carryInput() async {
        let isStream = socket.type != .datagram
        do {
            while let piece = try await read(isStream ? Self.pieceSizes.stream : Self.pieceSizes.datagram) {
                try await socket.sendAll(piece)
            }
            if isStream { try socket.shutdown(.send) }
            input.withLock { $0.end = network.now }
        } catch {
            failInput(error)
        }
    }

    /// A peer that reads no more may still have something to say: the other direction tells how the conversation ends.
    private func failInput(_ error: any Error) {
        switch (error as? SocketError)?.code {
        case .brokenPipe, .connectionReset, .notConnected, .cancelled: return
        default: break
        }
        input.withLock {
            $0.end = network.now
            $0.failure = error
        }
        if socket.type != .datagram { try? socket.shutdown(.both) }
    }

    private func carryStream() async throws {
        while let chunk = try await socket.receive() { try await write(chunk) }
    }

    /// Datagrams have no end: after that of the input, silence is taken for it.
    private func carryDatagrams() async throws {
        var heard = network.now
        while true {
            if let datagram = try await receiveDatagram() {
                heard = network.now
                try await write(datagram)
            } else if let end = input.withLock({ $0.end }), max(end, heard).duration(to: network.now) >= silence {
                return
            }
        }
    }

    /// Nil after a silence.
    private func receiveDatagram() async throws(SocketError) -> Chunk? {
        do throws(SocketError) {
            return try await socket.receive(deadline: .within(silence))
        } catch {
            guard error.code == .timedOut else { throw error }
            return nil
        }
    }

    /// Nil at the end of standard input.
    private func read(_ maximum: Int) async throws -> Chunk? {
        let piece = await reader.run {
            Result { () throws(StandardStreams.Failure) in try StandardStreams.read(maximum) }
        }
        guard let piece = try piece?.get() else { throw SocketError(.cancelled, .read) }
        return piece.isEmpty ? nil : piece
    }

    private func write(_ chunk: Chunk) async throws {
        let outcome = await writer.run {
            Result { () throws(StandardStreams.Failure) in try StandardStreams.write(chunk) }
        }
        try outcome?.get()
    }
}
