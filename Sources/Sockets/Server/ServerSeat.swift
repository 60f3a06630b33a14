internal import SocketModel
internal import Synchronization

/// What a server keeps of one connection: where it is served, and which it is.
struct ServerSeat {
    let place: ServerPlace
    private let identity: Identity?

    /// What is kept only if somebody will ask.
    private final class Identity: Sendable {
        let number: Int
        let peer: SocketAddress
        let acceptedAt: NetworkInstant

        init(_ number: Int, _ peer: SocketAddress, _ acceptedAt: NetworkInstant) {
            self.number = number
            self.peer = peer
            self.acceptedAt = acceptedAt
        }
    }

    /// Counts a new connection in.
    init(_ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace) {
        self.place = place
        let server = place.server
        identity = server.needsIdentity ? Identity(server.nextNumber(), peer, server.network.now) : nil
        server.occupancy.enter()
        place.load.wrappingAdd(1, ordering: .relaxed)
        server.report(.accepted(connection(socket)))
    }

    var peer: SocketAddress { identity?.peer ?? .unspecified }

    private func connection(_ socket: Socket) -> ServerConnection {
        ServerConnection(
            number: identity?.number ?? 0, peer: peer, acceptedAt: identity?.acceptedAt ?? .distantPast, socket: socket)
    }

    /// Tells how the connection has ended.
    func report(_ failure: (any Error)?, isCancelled: Bool, _ socket: Socket) {
        let server = place.server
        switch failure {
        case let failure?:
            server.report(isCancelled ? .cancelled(connection(socket)) : .failed(connection(socket), failure))
        case nil: server.report(.ended(connection(socket)))
        }
    }

    /// Counts the connection out.
    func leave() {
        place.load.wrappingSubtract(1, ordering: .relaxed)
        place.server.occupancy.leave()
    }
}
