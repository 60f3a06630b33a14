public import Sockets

extension SocketAddress {
    /// This host, IPv4, a port of the system's choice.
    public static var loopback4: SocketAddress { .ipv4(.loopback, port: 0) }
    /// This host, IPv6, a port of the system's choice.
    public static var loopback6: SocketAddress { .ipv6(.loopback, port: 0) }
}

extension Network {
    /// Two ends of a TCP connection over loopback.
    public func tcpPair(_ address: SocketAddress = .loopback4) throws(SocketError) -> (client: Socket, server: Socket) {
        let listener = try listen(at: address)
        let client = try connect(to: listener.localAddress(), deadline: .net)
        return (client, try listener.accept(deadline: .net).connection)
    }

    /// Two datagram sockets bound to loopback, not connected.
    public func udpPair(_ address: SocketAddress = .loopback4) throws(SocketError) -> (Socket, Socket) {
        (try udp(address), try udp(address))
    }

    /// A datagram socket bound to loopback.
    public func udp(_ address: SocketAddress = .loopback4) throws(SocketError) -> Socket {
        let socket = try socket(address.family, .datagram)
        try socket.bind(to: address)
        return socket
    }

    /// An address where nobody listens: a port that was just given back.
    public func vacantAddress(_ address: SocketAddress = .loopback4) throws(SocketError) -> SocketAddress {
        let socket = try socket(address.family)
        try socket.bind(to: address)
        return try socket.localAddress()
    }
}

extension Socket {
    /// Sends until the system takes no more; how many bytes went.
    @discardableResult public func fill() throws(SocketError) -> Int {
        let block = [UInt8](repeating: 7, count: 65536)
        var sent = 0
        while true {
            do throws(SocketError) {
                sent += try send(block, deadline: .immediate)
            } catch {
                guard error.code == .wouldBlock else { throw error }
                return sent
            }
        }
    }
}
