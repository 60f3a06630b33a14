internal import SocketModel
internal import Synchronization

/// A connection that is being served: all that its task needs, in one place, so that the task itself holds little.
final class ServedConnection: Sendable {
    private let server: Server
    private let place: ServerPlace
    private let number: Int
    private let socket: Socket
    private let peer: SocketAddress

    /// Counts a new connection in.
    init(_ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace, of server: Server) {
        self.server = server
        self.place = place
        self.socket = socket
        self.peer = peer
        number = server.nextNumber()
        server.occupancy.enter()
        place.load.wrappingAdd(1, ordering: .relaxed)
        server.report(.accepted(connection))
    }

    private var connection: ServerConnection { ServerConnection(number: number, peer: peer, socket: socket) }

    /// Serves the connection on the executor that owns it from now on, and closes it.
    // What is kept while the handler waits is every idle connection's memory: all that can be done elsewhere is.
    func run() async {
        let call = socket.beginResidence()
        var failure: (any Error)?
        // The form without an isolation parameter does not look for the task's executor on its way in and out.
        await _unsafeInheritExecutor_withTaskCancellationHandler {
            do {
                switch server.handler {
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
        if let inside = conclude(failure) { await end(inside) }
        dismiss()
    }

    @inline(never)
    private func serve(_ body: @Sendable (Socket, SocketAddress) async throws -> Void) async throws {
        try await body(socket, peer)
    }

    /// Tells how the handler has ended, and closes the connection, unless somebody is still inside: how many.
    @inline(never)
    private func conclude(_ failure: (any Error)?) -> Int? {
        switch failure {
        case let failure?: server.report(Task.isCancelled ? .cancelled(connection) : .failed(connection, failure))
        case nil: server.report(.ended(connection))
        }
        guard let inside = socket.beginClosing() else { return nil }
        if inside > 0 { return inside }
        try? socket.finishClosing(lingering: false)
        return nil
    }

    /// Closes the connection once those who are inside have left.
    @inline(never)
    private func end(_ inside: Int) async {
        await socket.awaitDrained(inside)
        try? socket.finishClosing(lingering: false)
    }

    @inline(never)
    private func dismiss() {
        place.load.wrappingSubtract(1, ordering: .relaxed)
        server.occupancy.leave()
    }
}
