import Sockets

/// Accepts connections and serves each on a thread of its own, up to a number of them at a time.
///
/// At that number it accepts no more until one has ended: further peers wait in the kernel's backlog.
final class StreamServer: Sendable {
    private let network: Network
    private let listener: Socket
    private let service: ServiceName
    private let slots: Slots
    private let tally: Tally

    init(_ network: Network, _ listener: Socket, _ service: ServiceName, maxConnections: Int, _ tally: Tally) {
        self.network = network
        self.listener = listener
        self.service = service
        self.tally = tally
        slots = Slots(maxConnections)
    }

    /// Returns when the network has been closed and the last connection has ended.
    func run() throws(SocketError) {
        var isStarved = false
        while true {
            slots.take()
            do throws(SocketError) {
                let (connection, peer) = try listener.accept()
                try start(connection, peer)
                isStarved = false
            } catch {
                slots.giveBack()
                if network.isClosed { break }
                try recover(error, &isStarved)
            }
        }
        slots.takeAll()
    }

    private func start(_ connection: Socket, _ peer: SocketAddress) throws(SocketError) {
        try network.spawn("sock-\(service)") { [self] in
            converse(connection, peer)
            slots.giveBack()
        }
    }

    private func converse(_ connection: Socket, _ peer: SocketAddress) {
        var conversation = StreamService(service, connection)
        do throws(SocketError) {
            try conversation.run()
        } catch {
            // Its own closing is no error of a connection.
            if !network.isClosed { complain("serve: connection from \(peer): \(error)") }
        }
        try? connection.close()
        tally.add(received: conversation.received, sent: conversation.sent)
    }

    /// Lets accepting go on after an error, if it can.
    ///
    /// A peer that went away before it was accepted is no matter. Without descriptors, memory or threads the connection stays in the
    /// backlog and accepting again would fail at once: pause, and say so once.
    private func recover(_ error: SocketError, _ isStarved: inout Bool) throws(SocketError) {
        switch error.code {
        case .connectionAborted, .connectionReset, .timedOut, .hostUnreachable, .networkUnreachable: return
        case .tooManyDescriptors, .outOfResources:
            if !isStarved { complain("serve: \(error); trying again every 100 ms") }
            isStarved = true
            // Closing the network ends it early; the next call says so.
            try? network.sleep(for: .milliseconds(100))
        default:
            if error.errno != .protocolError { throw error }
        }
    }
}
