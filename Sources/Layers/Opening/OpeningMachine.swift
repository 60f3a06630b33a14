public import SocketModel

/// A machine that opens a conversation and leaves it to others: what comes first on a connection, before the protocol that it is for.
///
/// Its last event says that the opening is over. From then on it wants nothing more, and what came behind the opening is for the next.
public protocol OpeningMachine: StreamMachine {
    /// What was received behind the opening; once, then it is nil. The opening must be over.
    mutating func takeUnread() -> Chunk?
}
