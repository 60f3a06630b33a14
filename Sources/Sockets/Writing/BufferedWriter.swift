public import SocketModel

/// A queue before a stream's sending half, in which many small writes are gathered into few sends: an explicit one, of a fixed size.
///
/// ```swift
/// let writer = try socket.bufferedWriter()
/// for number in 1...1000 { try await writer.write("line \(number)\n") }
/// try await writer.close()
/// ```
///
/// ``write(_:deadline:)`` puts bytes into the queue, without a system call as a rule, and never leaves them lying: they go out when the
/// present turn of the socket's executor ends, which may gather what many tasks write there, or at once when the queue is half full. When
/// there is no room, the write waits: first come, first served. So at most ``capacity`` bytes are queued, and the bytes of one write are
/// never mixed with another's.
///
/// Short writes are copied. An array or a ``Chunk`` of 16 KiB or more is kept instead until it has gone out: a program that changes
/// the array meanwhile makes Swift copy it then, and a chunk that the system lent is given back later.
///
/// That the queue has taken bytes does not say that the system has: ``flush(deadline:)`` waits for that, and ``shutdown(deadline:)`` and
/// ``close(deadline:)`` do so before they end the stream. When a send fails, what is queued is given up, and every later call of the writer
/// throws the error of that send, as do those that wait: an error may come late, but is never lost. Closing the socket, or the network,
/// is such an error, ``SocketError/Code/closed``.
///
/// A socket should have one writer at most. Bytes that are sent past it, with ``Socket/sendAll(_:flags:deadline:)`` say, go out somewhere
/// among those that are queued, in the middle of a write perhaps: flush first. The receiving half is no concern of a writer's.
///
/// A writer may be shared between tasks and threads. When its last reference goes, what the system takes at once is sent, and the rest is
/// given up: nobody would hear of an error or wait for a peer. The memory of the queue is made for the first byte, and goes with the writer
/// or with the operation that is sending it, which is cancelled.
public final class BufferedWriter: Sendable {
    /// The socket it sends with.
    public let socket: Socket
    /// The most bytes it queues.
    public let capacity: Int
    let queue: WriterQueue

    init(_ socket: Socket, capacity: Int) {
        self.socket = socket
        self.capacity = capacity
        queue = WriterQueue(socket, capacity: capacity)
    }

    deinit { queue.abandon() }

    /// How many bytes are queued, those included that an operation is sending: at most ``capacity``, none after an error.
    ///
    /// It may have changed when you look: it is for observers.
    public var queuedBytes: Int { queue.count }

    /// The most bytes a writer queues that is not told how many: 65,536.
    public static var standardCapacity: Int { 65_536 }
}

extension Socket {
    /// A writer that gathers what is written into few sends.
    ///
    /// - Parameter capacity: The most bytes it queues, 1...1,073,741,824.
    /// - Throws: ``SocketError`` with ``SocketError/Code/invalidArgument`` for other capacities, and with ``SocketError/Code/unsupported``
    ///   unless the socket is a ``SocketType/stream``: where each send is a message of its own, nothing can be gathered.
    public func bufferedWriter(
        capacity: Int = BufferedWriter.standardCapacity
    ) throws(SocketError) -> BufferedWriter {
        guard (1...Self.largestSize).contains(capacity) else {
            throw SocketError(
                .invalidArgument, .write,
                detail: "the capacity of a writer must be in 1...\(Self.largestSize), not \(capacity)")
        }
        guard type == .stream else {
            throw SocketError(.unsupported, .write, detail: "only a stream's bytes can be gathered")
        }
        return BufferedWriter(self, capacity: capacity)
    }
}

extension BufferedWriter {
    /// Queues all bytes if there is room and nobody waits; false, and nothing has happened, if not.
    @inlinable
    func accept(_ bytes: borrowing some ByteSource & ~Copyable & ~Escapable) throws(SocketError) -> Bool {
        if let chunk = bytes.shared() { return try accept(chunk) }
        return try unsafe bytes.withBytes { run throws(SocketError) in try unsafe accept(run) }
    }

    @usableFromInline
    func accept(_ chunk: Chunk) throws(SocketError) -> Bool { try queue.accept(chunk) }

    @usableFromInline
    func accept(_ run: UnsafeRawBufferPointer) throws(SocketError) -> Bool { try unsafe queue.accept(run) }
}
