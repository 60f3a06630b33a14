// The first two of the classic example programs: an echo server and its client, IPv4 only. All they need is a network and somebody to
// tell what happens.

import Sockets

/// Echoes all it receives, to one client only.
struct EchoServerIPv4 {
    let listener: Socket

    /// A server performs socket, bind, listen and accept. An empty host means every address of this one.
    init(_ network: Network, host: String = "", port: Int = 50007) throws(SocketError) {
        listener = try network.socket(.ipv4, .stream)
        try listener.bind(to: host, port: port)
        try listener.listen(backlog: 1)
    }

    /// It does not send and receive on the socket it listens at, but on the new one that accept returns.
    func serve(_ report: (String) -> Void) throws(SocketError) {
        let (connection, peer) = try listener.accept()
        report("Connected by \(peer)")
        while let data = try connection.receive(1024) {
            try connection.sendAll(data)
        }
    }
}

/// Sends a text and receives what comes back. A client needs socket and connect only.
struct EchoClientIPv4 {
    let network: Network

    func run(host: String, port: Int, _ text: String) throws(SocketError) -> Chunk? {
        let socket = try network.socket(.ipv4, .stream)
        try socket.connect(to: host, port: port)
        try socket.sendAll(text)
        return try socket.receive(1024)
    }
}
