public import SocketModel

/// A machine that answers questions by asking servers: whoever drives it opens sockets for it, and tells it what comes of that.
///
/// Questions are told apart by numbers of the driver's choice, unique among those that are not answered yet; sockets by numbers of the
/// machine's.
public protocol ResolverMachine<Question, Answer>: Machine
where Input == ResolverInput<Question>, Output == ResolverOutput<Answer> {
    /// What it is asked.
    associatedtype Question: Sendable
    /// What it answers.
    associatedtype Answer: Sendable
}

/// What happens to a resolver.
public enum ResolverInput<Question: Sendable>: Sendable {
    /// Somebody asks.
    case ask(Question, number: UInt64)
    /// Nobody wants that answer any more, and none is given.
    case forget(number: UInt64)
    /// Something has come of an action.
    case event(ResolverEvent)
}

/// What a resolver wants.
public enum ResolverOutput<Answer: Sendable>: Sendable {
    /// This is to be done.
    case action(ResolverAction)
    /// The answer to a question.
    case answer(Answer, number: UInt64)
    /// There is nothing to do before the next input, or before that time; ``NetworkInstant/distantFuture`` when only input matters.
    case wait(until: NetworkInstant)
}

/// A socket that a resolver wants.
public struct ResolverChannel: Hashable, Sendable {
    /// What it sends.
    public enum Transport: Hashable, Sendable {
        /// Datagrams, of UDP.
        case datagrams
        /// A stream, of TCP.
        case stream
    }

    /// Its number.
    public var number: UInt64
    /// What it sends.
    public var transport: Transport
    /// The peer that it is connected to.
    public var server: SocketAddress
    /// The port it is bound to; 0 for one that the system chooses.
    public var localPort: UInt16
}

/// What a resolver wants done. It never waits for more than one thing of a channel at a time.
public enum ResolverAction: Hashable, Sendable {
    /// Open a socket, bind it and connect it; ``ResolverEvent/failed(channel:)`` if that fails.
    case open(ResolverChannel)
    /// Send, as one datagram or as soon as the stream is connected.
    case send(Chunk, channel: UInt64)
    /// Close the socket, and tell nothing more about it.
    case close(channel: UInt64)
    /// Find out from which address of this host each address would be reached: ``ResolverEvent/sources(_:number:)``.
    case findSources([IPAddress], number: UInt64)
}

/// What has come of an action.
public enum ResolverEvent: Hashable, Sendable {
    /// A datagram, or bytes of a stream, at least one. `sender` is where a datagram came from; nil where the system lets through none but
    /// the server's.
    case received(Chunk, sender: SocketAddress?, channel: UInt64)
    /// The server sends no more on a stream.
    case ended(channel: UInt64)
    /// The socket could not be had with that local port.
    case portTaken(channel: UInt64)
    /// The socket could not be opened or connected, or sending or receiving has failed: nobody is there, for example.
    case failed(channel: UInt64)
    /// For each address, from where it would be reached; nil for one that cannot be.
    case sources([IPAddress?], number: UInt64)
}
