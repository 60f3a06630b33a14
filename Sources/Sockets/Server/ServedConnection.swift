internal import SocketModel
internal import Synchronization

/// A connection that is being served: all that its task needs, in one place, so that the task itself holds little.
///
/// Sendable without check as classes with subclasses are: all there is here is constant.
class ServedConnection: @unchecked Sendable {
    final let place: ServerPlace
    final let socket: Socket
    private final let identity: Identity?

    /// What is kept only if somebody will ask.
    private final class Identity: Sendable {
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
        identity = server.needsIdentity ? Identity(server.nextNumber(), peer) : nil
        server.occupancy.enter()
        place.load.wrappingAdd(1, ordering: .relaxed)
        server.report(.accepted(connection))
    }

    private var peer: SocketAddress { identity?.peer ?? .unspecified }

    private var connection: ServerConnection {
        ServerConnection(number: identity?.number ?? 0, peer: peer, socket: socket)
    }

    /// Serves the connection on the executor that owns it from now on, and closes it.
    // What is kept while the handler waits is every idle connection's memory: all that can be done elsewhere is.
    @inline(__always)
    final func run() async {
        let call = socket.beginResidence()
        var failure: (any Error)?
        // The form without an isolation parameter does not look for the task's executor on its way in and out.
        await _unsafeInheritExecutor_withTaskCancellationHandler {
            do {
                switch place.server.handler {
                case .plain(let body): try await body(socket)
                case .withPeer(let body): try await serve(body)
                case .machine: break
                }
            } catch {
                failure = error
            }
        } onCancel: {
            call?.cancel()
        }
        call?.leave()
        if let inside = conclude(failure, isCancelled: Task.isCancelled) { await end(inside) }
        dismiss()
    }

    @inline(never)
    private func serve(_ body: @Sendable (Socket, SocketAddress) async throws -> Void) async throws {
        try await body(socket, peer)
    }

    /// As the end of ``run()``, for a connection that no task serves.
    final func endUnattended(_ failure: SocketError?) {
        if let inside = conclude(failure, isCancelled: failure?.code == .cancelled), inside > 0 {
            socket.usage.whenDrained { [socket] in try? socket.finishClosing(lingering: false) }
        }
        dismiss()
    }

    /// Tells how the handler has ended, and closes the connection, unless somebody is still inside: how many.
    @inline(never)
    private func conclude(_ failure: (any Error)?, isCancelled: Bool) -> Int? {
        let server = place.server
        switch failure {
        case let failure?: server.report(isCancelled ? .cancelled(connection) : .failed(connection, failure))
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
        place.server.occupancy.leave()
    }
}
