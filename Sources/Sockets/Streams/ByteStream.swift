public import SocketModel

/// What bytes come from in order and go to in order: a ``Socket``, a ``BufferedWriter``, a `TLSSocket`, or a stream of your own on top of one.
///
/// A protocol that is written over a stream runs in the clear and encrypted:
///
/// ```swift
/// func greet(_ stream: some ByteStream) async throws {
///     let lines = stream.framed(by: LineFraming(.crLF).text)
///     try await lines.send("HELLO")
///     for try await line in lines { print(line) }
/// }
/// ```
///
/// The blocking and the awaited calls have names of their own here, for a call of the one form would satisfy a requirement of the other
/// (swiftlang/swift#71388).
public protocol ByteStream: Sendable {
    /// What its calls fail with.
    associatedtype StreamFailure: Error

    /// The network it belongs to, whose clock deadlines are of.
    var network: Network { get }

    /// Receives at most `maximum` bytes, 1...1,073,741,824, while the task is suspended; nil at the end, again and again.
    ///
    /// - Throws: What the stream fails with; nothing is lost by a deadline or a cancel.
    func receiveAwaiting(_ maximum: Int, deadline: Deadline?) async throws(StreamFailure) -> Chunk?

    /// Receives as ``receiveAwaiting(_:deadline:)``, while the thread is parked.
    ///
    /// - Throws: What the stream fails with; nothing is lost by a deadline.
    @available(*, noasync, message: "this parks the thread")
    func receiveBlocking(_ maximum: Int, deadline: Deadline?) throws(StreamFailure) -> Chunk?

    /// Sends all bytes, while the task is suspended.
    ///
    /// - Throws: What the stream fails with; how much has gone is unknown then.
    func sendAwaiting(_ bytes: [UInt8], deadline: Deadline?) async throws(StreamFailure)

    /// Sends all bytes of a chunk, while the task is suspended. A type that does not say how sends them as an array.
    ///
    /// - Throws: What the stream fails with; how much has gone is unknown then.
    func sendAwaiting(_ chunk: Chunk, deadline: Deadline?) async throws(StreamFailure)

    /// Sends all bytes, while the thread is parked.
    ///
    /// - Throws: What the stream fails with; how much has gone is unknown then.
    @available(*, noasync, message: "this parks the thread")
    func sendBlocking(_ bytes: [UInt8], deadline: Deadline?) throws(StreamFailure)

    /// Ends the half that sends: the peer hears of the end after all bytes, and may still send.
    ///
    /// - Throws: What the stream fails with.
    func finishAwaiting(deadline: Deadline?) async throws(StreamFailure)

    /// Ends the stream at once, as one that was cut: what has not been sent is dropped, and the peer hears of a reset and not of an end.
    func abort()

    /// Whether the bytes of one send go together when several tasks send at the same time. A type that does not say is taken to mean no.
    static var keepsSendsWhole: Bool { get }

    /// How this stream tells of an error that is a socket's, or is like one of a socket's.
    static func failure(_ error: SocketError) -> StreamFailure

    /// Whether a part of the bytes may have gone before a send failed so: then what is sent next follows the part. A type that does not say
    /// is taken to mean yes.
    static func mayHaveSentPart(_ failure: StreamFailure) -> Bool
}

extension ByteStream {
    /// Sends an array of the bytes.
    @inlinable public func sendAwaiting(_ chunk: Chunk, deadline: Deadline?) async throws(StreamFailure) {
        try await sendAwaiting(chunk.array, deadline: deadline)
    }

    /// No.
    @inlinable public static var keepsSendsWhole: Bool { false }

    /// Yes.
    @inlinable public static func mayHaveSentPart(_ failure: StreamFailure) -> Bool { true }
}

extension ByteStream where StreamFailure == SocketError {
    /// Whether it was after some of the bytes.
    public static func mayHaveSentPart(_ failure: SocketError) -> Bool { failure.isAfterPart }
}

extension Socket: ByteStream {
    /// Receives with ``receive(_:flags:deadline:)``.
    @inlinable public func receiveAwaiting(_ maximum: Int, deadline: Deadline?) async throws(SocketError) -> Chunk? {
        try await receive(maximum, deadline: deadline)
    }

    /// Receives with ``receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func receiveBlocking(_ maximum: Int, deadline: Deadline?) throws(SocketError) -> Chunk? {
        try receive(maximum, deadline: deadline)
    }

    /// Sends with ``sendAll(_:flags:deadline:)``.
    @inlinable public func sendAwaiting(_ bytes: [UInt8], deadline: Deadline?) async throws(SocketError) {
        try await sendAll(bytes, deadline: deadline)
    }

    /// Sends with ``sendAll(_:flags:deadline:)``, without a copy.
    @inlinable public func sendAwaiting(_ chunk: Chunk, deadline: Deadline?) async throws(SocketError) {
        try await sendAll(chunk, deadline: deadline)
    }

    /// Sends with ``sendAll(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func sendBlocking(_ bytes: [UInt8], deadline: Deadline?) throws(SocketError) {
        try sendAll(bytes, deadline: deadline)
    }

    /// Shuts the half down with ``shutdown(_:)``.
    @inlinable public func finishAwaiting(deadline: Deadline?) async throws(SocketError) { try shutdown(.send) }

    /// Closes the socket without waiting, with nothing to linger for: `SO_LINGER` of 0 seconds, and RFC 9293's ABORT. A socket that is no connection
    /// is just closed.
    public func abort() {
        lingerForNothing()
        closeUnattended()
    }

    /// The error itself.
    @inlinable public static func failure(_ error: SocketError) -> SocketError { error }
}

/// What is received is what its ``socket`` receives; what is sent is queued in the writer.
extension BufferedWriter: ByteStream {
    /// The socket's network.
    public var network: Network { socket.network }

    /// Receives with ``Socket/receive(_:flags:deadline:)``.
    @inlinable public func receiveAwaiting(_ maximum: Int, deadline: Deadline?) async throws(SocketError) -> Chunk? {
        try await socket.receive(maximum, deadline: deadline)
    }

    /// Receives with ``Socket/receive(_:flags:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func receiveBlocking(_ maximum: Int, deadline: Deadline?) throws(SocketError) -> Chunk? {
        try socket.receive(maximum, deadline: deadline)
    }

    /// Queues with ``write(_:deadline:)``.
    @inlinable public func sendAwaiting(_ bytes: [UInt8], deadline: Deadline?) async throws(SocketError) {
        try await write(bytes, deadline: deadline)
    }

    /// Queues with ``write(_:deadline:)``.
    @inlinable public func sendAwaiting(_ chunk: Chunk, deadline: Deadline?) async throws(SocketError) {
        try await write(chunk, deadline: deadline)
    }

    /// Ends with ``shutdown(deadline:)``, when all that is queued has gone.
    @inlinable public func finishAwaiting(deadline: Deadline?) async throws(SocketError) {
        try await shutdown(deadline: deadline)
    }

    /// Aborts the socket, and drops what is queued.
    public func abort() { socket.abort() }

    /// A write's bytes are queued together.
    @inlinable public static var keepsSendsWhole: Bool { true }

    /// Queues with ``write(_:deadline:)``.
    @available(*, noasync, message: "this parks the thread")
    @inlinable public func sendBlocking(_ bytes: [UInt8], deadline: Deadline?) throws(SocketError) {
        try write(bytes, deadline: deadline)
    }

    /// The error itself.
    @inlinable public static func failure(_ error: SocketError) -> SocketError { error }
}
