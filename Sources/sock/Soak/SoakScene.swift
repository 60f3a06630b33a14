import Sockets

/// Something that clients do, well or badly; ``play(_:_:)`` throws when it does not end as it must.
enum SoakScene: String, CaseIterable, Sendable {
    /// Bytes go both ways at once and come back.
    case transfer
    /// The same, by a thread that waits.
    case blocking
    /// All is sent, the half is closed, and only then is anything read.
    case halfOpen
    /// A transfer whose task is cancelled.
    case cancelled
    /// A transfer that ends in a RST.
    case reset
    /// A connection that nobody closes: its last reference goes.
    case abandoned
    /// A socket that is closed while a task waits in it.
    case closedUnder
    /// A call that runs out of time, and a connection that is good afterwards.
    case late
    /// Datagrams, numbered: they may be lost, and never changed.
    case datagrams
    /// A socket that is passed over another, and used by who gets it.
    case passing

    /// Plays it once.
    ///
    /// - Returns: How many bytes were received and compared.
    func play(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        switch self {
        case .transfer: try await Self.transfer(place, &random)
        case .blocking: try await Self.blocking(place, &random)
        case .halfOpen: try await Self.halfOpen(place, &random)
        case .cancelled: try await Self.cancelled(place, &random)
        case .reset: try await Self.ended(place, &random) { try $0.set(.socket.linger, .on(seconds: 0)) }
        case .abandoned: try await Self.ended(place, &random, closes: false) { _ in }
        case .closedUnder: try await Self.closedUnder(place, &random)
        case .late: try await Self.late(place, &random)
        case .datagrams: try await Self.datagrams(place, &random)
        case .passing: try await Self.passing(place, &random)
        }
    }
}

/// Where clients are, and whom they talk to.
struct SoakPlace: Sendable {
    let network: Network
    /// Of a server that echoes streams.
    let streams: SocketAddress
    /// Of one that echoes datagrams.
    let datagrams: SocketAddress
}
