internal import SocketModel

extension Socket {
    /// Who accepts for a server, and where the connections go: the one thing in which the ways of spreading differ. Nobody, when this
    /// listener is closed.
    func acceptors(of server: Server) throws(SocketError) -> [Acceptor] {
        let places = try network.executors.map { ServerPlace($0, of: server) }
        guard let own = try ownExecutor(.accept) else { return [] }
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
}
