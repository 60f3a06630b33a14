internal import SocketModel

/// A connection that a task serves: all that the task needs, in one place, so that the task itself holds little.
final class ServedConnection: Sendable {
    private let seat: ServerSeat
    private let socket: Socket

    /// Counts a new connection in.
    init(_ socket: Socket, _ peer: SocketAddress, _ place: ServerPlace) {
        self.socket = socket
        seat = ServerSeat(socket, peer, place)
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
                switch seat.place.server.handler {
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
        try await body(socket, seat.peer)
    }

    /// Tells how the handler has ended, and closes the connection, unless somebody is still inside: how many.
    @inline(never)
    private func conclude(_ failure: (any Error)?, isCancelled: Bool) -> Int? {
        seat.report(failure, isCancelled: isCancelled, socket)
        return socket.closeIfDrained()
    }

    /// Closes the connection once those who are inside have left.
    @inline(never)
    private func end(_ inside: Int) async {
        await socket.awaitDrained(inside)
        try? socket.finishClosing(lingering: false)
    }

    @inline(never)
    private func dismiss() { seat.leave() }
}
