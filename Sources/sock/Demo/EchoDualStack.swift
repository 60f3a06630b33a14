// The other two of the classic example programs: the same server and client for IPv4 and IPv6, by looking addresses up.
//
// Both loops are written out, as they are in the classic module's documentation. `network.listen(port: 50007)` and
// `network.connect(to: host, port: 50007)` are the same in one line.

import Sockets

/// Echoes all it receives, to one client only, over whichever family that client speaks.
struct EchoServerDualStack {
    let listener: Socket

    /// Listens at the first address that can be had, IPv6 first: a socket there serves both families when `v6Only` is off.
    init(_ network: Network, port: Int = 50007) throws(SocketError) {
        var found = try network.addresses(of: nil, port: port, type: .stream, flags: .passive)
        found.sort { $0.family == .ipv6 && $1.family != .ipv6 }
        var last = SocketError(.notFound, .listen, .host("", service: "\(port)"))
        for info in found {
            do {
                let socket = try network.socket(info.family, info.type, protocol: info.protocol)
                if info.family == .ipv6 { try socket.set(.ipv6.v6Only, false) }
                try socket.bind(to: info.address)
                try socket.listen(backlog: 1)
                listener = socket
                return
            } catch {
                last = error
            }
        }
        throw last
    }

    func serve(_ report: (String) -> Void) throws(SocketError) {
        let (connection, peer) = try listener.accept()
        report("Connected by \(peer.unmapped)")
        while let data = try connection.receive(1024) {
            try connection.sendAll(data)
        }
    }
}

/// Tries every address of the host until one answers, sends a text and receives what comes back.
struct EchoClientDualStack {
    let network: Network

    func run(host: String, port: Int, _ text: String) throws(SocketError) -> Chunk? {
        var last = SocketError(.notFound, .connect, .host(host, service: "\(port)"))
        for info in try network.addresses(of: host, port: port, type: .stream) {
            do {
                let socket = try network.socket(info.family, info.type, protocol: info.protocol)
                try socket.connect(to: info.address)
                try socket.sendAll(text)
                return try socket.receive(1024)
            } catch {
                last = error
            }
        }
        throw last
    }
}
