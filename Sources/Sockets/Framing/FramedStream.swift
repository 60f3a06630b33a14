public import Layers
public import SocketModel
public import Synchronization

/// A stream of bytes as a sequence of messages, and a way to send them: see ``ByteStream/framed(by:)``.
///
/// ```swift
/// let lines = try socket.framed(by: LineFraming().text)
/// try await lines.send("hello")
/// for try await line in lines { print(line) }
/// ```
///
/// Up to 64 KiB are received ahead, and what has been received belongs to this object, however it is read: by ``next(deadline:)``, by iterators, by both.
/// One task at a time may read, and one may send meanwhile; over a ``BufferedWriter``, or with TLS, several may send. ``takeRest()`` is the way back to bytes,
/// ``handOver()`` that to the socket.
///
/// Sendable without check: who has the turn to read touches the decoder, and nobody else.
public final class FramedStream<Stream: ByteStream, Format: Framing>: @unchecked Sendable {
    /// What its calls fail with.
    public typealias StreamError = FramedError<Stream.StreamFailure>

    /// What the bytes come from and go to. A ``BufferedWriter`` gathers messages: flush it, or close it, to be sure that they go.
    public let stream: Stream
    /// How messages are told apart.
    public let framing: Format

    @usableFromInline var decoder: FrameDecoder<Format>
    @usableFromInline let isReading = Atomic(false)
    @usableFromInline let isSending = Atomic(false)
    /// A message has gone in part: nothing that followed would be understood.
    @usableFromInline let isTorn = Atomic(false)

    @inlinable init(_ stream: Stream, _ framing: Format) {
        self.stream = stream
        self.framing = framing
        decoder = FrameDecoder(framing)
    }

    /// Takes what was received ahead and is part of no message yet: the way on from messages to bytes, which the socket itself receives.
    ///
    /// It is empty while a task waits for a message.
    public func takeRest() -> Chunk {
        guard takeTurn() else { return Chunk() }
        defer { endTurn() }
        return decoder.takeRest()
    }
}

extension FramedStream where Stream == Socket {
    /// Gives the socket back: what was received ahead and is part of no message yet goes to its next receive.
    ///
    /// Not while a task waits for a message, which keeps what has come.
    public func handOver() -> Socket {
        let rest = takeRest()
        if !rest.isEmpty { stream.usage.keep(rest.array[...]) }
        return stream
    }
}

/// A socket's bytes as messages: see ``Socket/framed(by:)``.
public typealias FramedSocket<Format: Framing> = FramedStream<Socket, Format>

extension ByteStream {
    /// This stream's bytes as messages, both ways. Those that are sent through a ``BufferedWriter`` are gathered, and several tasks may send.
    ///
    /// ```swift
    /// let messages = try socket.bufferedWriter().framed(by: VarintFraming())
    /// for number in 1...1000 { try await messages.send(Chunk("\(number)")) }
    /// try await messages.stream.close()
    /// ```
    @inlinable public func framed<Format: Framing>(by framing: Format) -> FramedStream<Self, Format> {
        FramedStream(self, framing)
    }
}

extension Socket {
    /// This stream's bytes as messages, both ways.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/unsupported`` unless the socket is a ``SocketType/stream``: other sockets have messages
    ///   already.
    @inlinable public func framed<Format: Framing>(by framing: Format) throws(SocketError) -> FramedSocket<Format> {
        guard type == .stream else {
            throw SocketError(.unsupported, .receive, detail: "only a stream's bytes can be framed")
        }
        return FramedStream(self, framing)
    }
}

// MARK: What both forms share

extension FramedStream {
    /// False when somebody has it.
    @inlinable func takeTurn() -> Bool { !isReading.exchange(true, ordering: .acquiring) }

    @inlinable func endTurn() { isReading.store(false, ordering: .releasing) }

    @inlinable func beginReading() throws(StreamError) {
        guard takeTurn() else {
            throw .stream(Stream.isBeingRead())
        }
    }

    /// When a call ends that begins now.
    @inlinable func fixed(_ deadline: Deadline?) -> Deadline? {
        deadline.map { .at($0.instant { stream.network.now }) }
    }

    /// A message that has come already; nil if none has, or at the end.
    @inlinable func bufferedMessage() throws(StreamError) -> Format.Incoming? {
        do throws(FramingError) {
            return try decoder.next()
        } catch {
            throw .framing(error)
        }
    }

    /// Nil at the end of the stream.
    @inlinable func received(_ bytes: Chunk?) {
        if let bytes { decoder.append(bytes) } else { decoder.end() }
    }

    /// The frames of messages, one after the other.
    @inlinable func frame(_ messages: some Sequence<Format.Outgoing>) throws(StreamError) -> [UInt8] {
        if isTorn.load(ordering: .acquiring) { throw .stream(Stream.isTorn()) }
        var output: [UInt8] = []
        do throws(FramingError) {
            for message in messages { try framing.encode(message, into: &output) }
        } catch {
            throw .framing(error)
        }
        return output
    }
}

extension FramedStream {
    /// Where sends of several might come in between each other, one at a time is let in.
    @inlinable func beginSending() throws(StreamError) {
        guard Stream.keepsSendsWhole || !isSending.exchange(true, ordering: .acquiring) else {
            throw .stream(Stream.isBeingSent())
        }
    }

    @inlinable func endSending() {
        if !Stream.keepsSendsWhole { isSending.store(false, ordering: .releasing) }
    }

    /// The error of a send, after which there may be no other.
    @inlinable func failed(_ error: Stream.StreamFailure) -> StreamError {
        if Stream.mayHaveSentPart(error) { isTorn.store(true, ordering: .releasing) }
        return .stream(error)
    }
}

extension ByteStream {
    @usableFromInline static func isTorn() -> StreamFailure {
        failure(SocketError(.brokenPipe, .send, detail: "a message before was sent in part; close the stream"))
    }

    @usableFromInline static func isBeingSent() -> StreamFailure {
        failure(
            SocketError(
                .inProgress, .send,
                detail: "another task or thread is sending a message; over a BufferedWriter several may send"))
    }

    @usableFromInline static func isBeingRead() -> StreamFailure {
        failure(SocketError(.inProgress, .receive, detail: "another task or thread is waiting for the next message"))
    }
}
