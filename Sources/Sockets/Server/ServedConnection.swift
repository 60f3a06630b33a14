internal import SocketModel
internal import Synchronization

/// A connection that is being served: all that its task needs, in one place, so that the task itself holds little.
final class ServedConnection: Sendable {
    private let place: ServerPlace
    private let socket: Socket
    private let details: Details?

    /// What is kept only if somebody will ask.
    private final class Details: Sendable {
        let number: Int
        let peer: SocketAddress

        init(_ number: Int, _ peer: SocketAddress) {
            self.number = number
            self.peer = peer
        }
    }

    /// Counts a new connection in.
    init(_ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace) {
        self.place = place
        self.socket = socket
        let server = place.server
        details = server.needsDetails ? Details(server.nextNumber(), peer) : nil
        server.occupancy.enter()
        place.load.wrappingAdd(1, ordering: .relaxed)
        server.report(.accepted(connection))
    }

    private var peer: SocketAddress { details?.peer ?? .unspecified }

    private var connection: ServerConnection {
        ServerConnection(number: details?.number ?? 0, peer: peer, socket: socket)
    }

    /// Serves the connection on the executor that owns it from now on, and closes it.
    // What is kept while the handler waits is every idle connection's memory: all that can be done elsewhere is.
    @inline(__always)
    func run() async {
        let call = socket.beginResidence()
        var failure: (any Error)?
        // The form without an isolation parameter does not look for the task's executor on its way in and out.
        await _unsafeInheritExecutor_withTaskCancellationHandler {
            do {
                switch place.server.handler {
                case .plain(let body): try await body(socket)
                case .withPeer(let body): try await serve(body)
                }
            } catch {
                failure = error
            }
        } onCancel: {
            call?.cancel()
        }
        call?.leave()
        let inside = conclude(failure)
        if inside > 0 { await socket.awaitDrained(inside) }
        dismiss(inside)
    }

    @inline(never)
    private func serve(_ body: @Sendable (Socket, SocketAddress) async throws -> Void) async throws {
        try await body(socket, peer)
    }

    /// Tells how the handler has ended, and lets nobody into the connection any more; how many are still inside, -1 if it was closed before.
    @inline(never)
    private func conclude(_ failure: (any Error)?) -> Int {
        let server = place.server
        switch failure {
        case let failure?: server.report(Task.isCancelled ? .cancelled(connection) : .failed(connection, failure))
        case nil: server.report(.ended(connection))
        }
        return socket.beginClosing() ?? -1
    }

    /// Closes the connection, without waiting for what lingers, and counts it out.
    @inline(never)
    private func dismiss(_ inside: Int) {
        if inside >= 0 { try? socket.finishClosing(lingering: false) }
        place.load.wrappingSubtract(1, ordering: .relaxed)
        place.server.occupancy.leave()
    }
}
