internal import SocketModel

extension Socket {
    /// Who accepts for a server, and where the connections go: the one thing in which the ways of spreading differ.
    func acceptors(of server: Server) async throws(SocketError) -> [Acceptor] {
        let places = try network.executors.map { ServerPlace($0) }
        let own = try registered().executor
        guard server.options.spreading == .sharedPort else {
            return [Acceptor(self, on: own, places, of: server)]
        }
        var acceptors: [Acceptor] = []
        for place in places {
            let listener = place.executor === own ? self : try anotherListener()
            acceptors.append(Acceptor(listener, on: place.executor, [place], of: server))
        }
        return acceptors
    }

    /// A further listener at this one's address.
    private func anotherListener() throws(SocketError) -> Socket {
        let listener = try network.socket(family, type, protocol: `protocol`)
        try listener.set(.socket.reuseAddress, try get(.socket.reuseAddress))
        try listener.set(.socket.reusePort, true)
        if family == .ipv6 { try listener.set(.ipv6.v6Only, try get(.ipv6.v6Only)) }
        try listener.bind(to: try localAddress())
        try listener.listen()
        return listener
    }

    /// The registration, made now if there is none.
    func registered() throws(SocketError) -> any Registration {
        if let awaiting { return awaiting.registration }
        do throws(Failure) {
            return remember(SocketAwaiting(try backend.register(handle))).registration
        } catch {
            throw SocketError(error, .accept)
        }
    }

    /// Lets the executor whose thread this is own the socket, unless another owns it already. What fails here fails again in the first
    /// awaited call, which reports it.
    func registerHere() { _ = try? registered() }
}
