import Sockets

/// Whether loopback works, by trying.
enum Loopback {
    /// Why a stream cannot be opened to this host over `family`; nil when it can.
    static func refusal(_ network: Network, _ family: AddressFamily) -> SocketError? {
        do throws(SocketError) {
            _ = try roundTrip(network, family)
            return nil
        } catch {
            return error
        }
    }

    /// Sends a few bytes to itself, checks them, and says how long that took; a second at most.
    static func roundTrip(_ network: Network, _ family: AddressFamily) throws(SocketError) -> Duration {
        let start = network.now
        let limit = Deadline.at(start.advanced(by: .seconds(1)))
        let address: SocketAddress = family == .ipv6 ? .ipv6(.loopback, port: 0) : .ipv4(.loopback, port: 0)
        let listener = try network.listen(at: address, backlog: 1)
        let client = try network.connect(to: listener.localAddress(), deadline: limit)
        let server = try listener.accept(deadline: limit).connection
        try client.sendAll("loopback", deadline: limit)
        guard try server.receiveExactly(8, deadline: limit) == Chunk(Array("loopback".utf8)) else {
            throw SocketError(.other, .receive, .address(address), detail: "other bytes came than were sent")
        }
        return start.duration(to: network.now)
    }
}
