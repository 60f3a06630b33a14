import Locks
import Sockets

/// Carries standard input to a socket and the socket to standard output, both at once, each way on a thread of its own.
final class Pump: Sendable {
    private let network: Network
    private let socket: Socket
    /// How long a datagram socket stays silent after the end of input before that is taken for the end.
    private let silence: Duration
    private let input = Lock(Input())

    private struct Input {
        /// When standard input ended; nil while it goes on.
        var end: NetworkInstant?
        /// Why it could not be read, or not be sent on.
        var failure: (any Error)?
    }

    /// How much is read of standard input at once: with datagrams, the most that becomes one.
    private static let bufferSizes = (stream: 65_536, datagram: 8_192)

    init(_ network: Network, _ socket: Socket, silence: Duration) {
        self.network = network
        self.socket = socket
        self.silence = silence
    }

    /// Returns when the peer has ended; standard input may go on, and is not read any further then.
    func run() throws {
        try network.spawn("sock-input") { self.carryInput() }
        if socket.type == .datagram { try carryDatagrams() } else { try carryStream() }
        if let failure = input.withLock({ $0.failure }) { throw failure }
    }

    private func carryInput() {
        let isStream = socket.type != .datagram
        var buffer = [UInt8](repeating: 0, count: isStream ? Self.bufferSizes.stream : Self.bufferSizes.datagram)
        do {
            while case let count = try StandardStreams.read(into: &buffer), count > 0 {
                try socket.sendAll(buffer.span.extracting(..<count))
            }
            if isStream { try socket.shutdown(.send) }
            input.withLock { $0.end = network.now }
        } catch {
            failInput(error)
        }
    }

    /// A peer that reads no more may still have something to say: the other direction tells how the conversation ends.
    private func failInput(_ error: any Error) {
        let code = (error as? SocketError)?.code
        if code == .brokenPipe || code == .connectionReset || code == .notConnected { return }
        input.withLock {
            $0.end = network.now
            $0.failure = error
        }
        if socket.type != .datagram { try? socket.shutdown(.both) }
    }

    private func carryStream() throws {
        var buffer = [UInt8](repeating: 0, count: Self.bufferSizes.stream)
        while let count = try socket.receive(into: &buffer) {
            try StandardStreams.write(buffer[..<count])
        }
    }

    /// Datagrams have no end: after that of the input, silence is taken for it.
    private func carryDatagrams() throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var heard = network.now
        while true {
            if let count = try receiveDatagram(&buffer) {
                heard = network.now
                try StandardStreams.write(buffer[..<count])
            } else if let end = input.withLock({ $0.end }), max(end, heard).duration(to: network.now) >= silence {
                return
            }
        }
    }

    /// Nil after a silence.
    private func receiveDatagram(_ buffer: inout [UInt8]) throws(SocketError) -> Int? {
        do throws(SocketError) {
            return try socket.receive(into: &buffer, deadline: .within(silence))
        } catch {
            guard error.code == .timedOut else { throw error }
            return nil
        }
    }
}
