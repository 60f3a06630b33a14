public import SocketModel

/// What happens in a server, for whoever reports or counts it.
///
/// Each connection that was ``accepted(_:)`` comes to exactly one end: ``ended(_:)``, ``failed(_:_:)`` or ``cancelled(_:)``, told before it is
/// closed.
public enum ServerEvent: Sendable {
    /// A connection was accepted; its handler starts.
    case accepted(ServerConnection)
    /// A handler has returned, or a machine has ended.
    case ended(ServerConnection)
    /// A handler has thrown, or a machine has gone wrong; that ends its connection and no other.
    case failed(ServerConnection, any Error)
    /// A handler has thrown after it was cancelled, because the server stops; or a connection's ``MachineHandle`` was.
    case cancelled(ServerConnection)
    /// A connection could not be accepted; the server goes on.
    case acceptFailed(SocketError)
    /// No connections are accepted for the time being; peers wait in the kernel's backlog.
    case paused(Pause)
    /// Connections are accepted again as they come; after ``Pause/connectionLimit``, since no peer waits any more.
    case resumed
    /// The server accepts no more, and waits for its handlers.
    case stopping

    /// Why accepting pauses.
    public enum Pause: Hashable, Sendable {
        /// As many connections are served as ``ServerOptions/maximumConnections`` allows, and another peer waits. Told once for as long as peers
        /// wait, though one is accepted whenever a connection ends.
        case connectionLimit
        /// The system lacks descriptors or memory.
        case exhausted(SocketError)
    }
}

/// A connection that a server has accepted.
public struct ServerConnection: Sendable {
    /// Counts a server's connections from 1, in the order they were accepted.
    public let number: Int
    /// The peer's address.
    public let peer: SocketAddress
    /// When it was accepted, by its network's ``Network/now``.
    public let acceptedAt: NetworkInstant
    /// The connection itself. Whoever keeps it does not keep it open.
    public let socket: Socket
}

extension ServerConnection {
    /// How long ago it was accepted.
    public var age: Duration { acceptedAt.duration(to: socket.network.now) }
}

extension ServerConnection: CustomStringConvertible {
    /// The number and the peer: "#7 from 192.0.2.1:5678".
    public var description: String { "#\(number) from \(peer.isUnspecified ? "(no address)" : peer.description)" }
}

extension ServerEvent: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        switch self {
        case .accepted(let connection): "connection \(connection) accepted"
        case .ended(let connection): "connection \(connection) ended"
        case .failed(let connection, let error): "connection \(connection) failed: \(error)"
        case .cancelled(let connection): "connection \(connection) cancelled"
        case .acceptFailed(let error): "a connection could not be accepted: \(error)"
        case .paused(.connectionLimit): "accepting pauses: as many connections as allowed"
        case .paused(.exhausted(let error)): "accepting pauses: \(error)"
        case .resumed: "accepting goes on"
        case .stopping: "accepting ends"
        }
    }
}
