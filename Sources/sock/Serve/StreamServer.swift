import Sockets

/// Accepts connections and serves each on a thread of its own, up to a number of them at a time.
///
/// At that number it accepts no more until one has ended: further peers wait in the kernel's backlog.
struct StreamServer {
    let network: Network
    let listener: Socket
    let service: ServiceName
    let maxConnections: Int
    let tally: Tally
    let report: ServeReport

    init(_ network: Network, _ listener: Socket, _ service: ServiceName, maxConnections: Int, _ tally: Tally) {
        self.network = network
        self.listener = listener
        self.service = service
        self.maxConnections = maxConnections
        self.tally = tally
        report = ServeReport(network)
    }

    /// Returns when the network has been closed and the last connection has ended.
    func run() throws(SocketError) {
        let slots = Slots(maxConnections)
        while true {
            slots.take()
            do throws(SocketError) {
                let (connection, peer) = try listener.accept()
                try start(connection, peer, slots)
                report.accepted()
            } catch {
                slots.giveBack()
                if network.isClosed { break }
                try recover(error)
            }
        }
        slots.takeAll()
    }

    private func start(_ connection: Socket, _ peer: SocketAddress, _ slots: Slots) throws(SocketError) {
        try network.spawn("sock-\(service)") {
            converse(connection, peer)
            slots.giveBack()
        }
    }

    private func converse(_ connection: Socket, _ peer: SocketAddress) {
        var conversation = StreamService(service, connection)
        do throws(SocketError) {
            try conversation.run()
        } catch {
            report.failed(peer, error)
        }
        try? connection.close()
        tally.add(received: conversation.received, sent: conversation.sent)
    }

    /// Lets accepting go on after an error, if it can.
    ///
    /// A peer that went away before it was accepted is no matter. Without descriptors, memory or threads the connection stays in the
    /// backlog and accepting again would fail at once: pause, and say so once.
    private func recover(_ error: SocketError) throws(SocketError) {
        switch error.code {
        case .connectionAborted, .connectionReset, .timedOut, .hostUnreachable, .networkUnreachable: return
        case .tooManyDescriptors, .outOfResources:
            report.starved(error)
            // Closing the network ends it early; the next call says so.
            try? network.sleep(for: .milliseconds(100))
        default:
            if error.errno != .protocolError { throw error }
        }
    }
}
