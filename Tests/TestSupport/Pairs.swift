public import Sockets

extension SocketAddress {
    /// This host, IPv4, a port of the system's choice.
    public static var loopback4: SocketAddress { .ipv4(.loopback, port: 0) }
    /// This host, IPv6, a port of the system's choice.
    public static var loopback6: SocketAddress { .ipv6(.loopback, port: 0) }
}

extension Network {
    /// Whether it is a simulated host's.
    public var isSimulated: Bool { backendName == "simulation" }

    /// Two ends of a TCP connection over loopback.
    @available(*, noasync, message: "this may park the thread")
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

    /// Gives another thread the processor for a moment; a simulated one the time to get somewhere.
    @available(*, noasync, message: "this may park the thread")
    public func pause() throws(SocketError) {
        if isSimulated { try sleep(for: .milliseconds(1)) } else { Process.pause() }
    }

    /// An address where nobody listens: a port that was just given back.
    public func vacantAddress(_ address: SocketAddress = .loopback4) throws(SocketError) -> SocketAddress {
        let socket = try socket(address.family)
        try socket.bind(to: address)
        return try socket.localAddress()
    }
}

extension Socket {
    /// Sends until the system takes no more; how many bytes went. Those of a TCP connection need time to get to the peer's buffer, and leave
    /// room again: it is full once nothing is on its way, the peer's window is closed, and nothing more has gone twice.
    @available(*, noasync, message: "this may park the thread")
    @discardableResult public func fill() throws(SocketError) -> Int {
        var (sent, filling) = (try fillOnce(), Filling(self))
        while let pause = filling.pause {
            try network.sleep(for: pause)
            sent += try filling.note(fillOnce(), self)
        }
        return sent
    }

    /// As the form that parks the thread, while the task is suspended.
    @discardableResult public func fill() async throws(SocketError) -> Int {
        var (sent, filling) = (try fillOnce(), Filling(self))
        while let pause = filling.pause {
            try await network.sleep(for: pause)
            sent += try filling.note(fillOnce(), self)
        }
        return sent
    }

    private func fillOnce() throws(SocketError) -> Int {
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

/// How far a socket is filled.
private struct Filling {
    private let step: Duration
    private var rounds = 200
    private var idle = 0

    init(_ socket: Socket) {
        step = .milliseconds(socket.network.isSimulated ? 50 : 5)
        if socket.family == .unix { rounds = 0 }
    }

    /// How long to wait before more is tried; nil once it is full, or never will be.
    var pause: Duration? { rounds == 0 || idle == 2 ? nil : step }

    mutating func note(_ count: Int, _ socket: Socket) throws(SocketError) -> Int {
        rounds -= 1
        let mayGoOn = try mayGoOn(socket)
        idle = count == 0 && !mayGoOn ? idle + 1 : 0
        return count
    }

    /// Whether more will go by itself. The kernel fills what is left of a window, if that is less than a segment, only after a fifth of a
    /// second, and then takes more.
    private func mayGoOn(_ socket: Socket) throws(SocketError) -> Bool {
        let info = try socket.get(.tcp.info)
        return info.unacknowledged > 0 || !socket.network.isSimulated && info.sendWindow ?? 0 > 0
    }
}
