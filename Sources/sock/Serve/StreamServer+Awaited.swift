import Sockets

extension StreamServer {
    /// Serves each connection in a task: `serve` does what the blocking form does by hand.
    ///
    /// Returns when the network has been closed and the last connection has ended.
    func run() async throws(SocketError) {
        let options = ServerOptions(maximumConnections: maxConnections) { note($0) }
        try await listener.serve(options) { connection in
            var conversation = StreamService(service, connection)
            defer { tally.add(received: conversation.received, sent: conversation.sent) }
            try await conversation.run()
        }
    }

    private func note(_ event: ServerEvent) {
        switch event {
        case .accepted: report.accepted()
        case .failed(let connection, let error): report.failed(connection.peer, error)
        case .paused(.exhausted(let error)): report.starved(error)
        case .ended, .cancelled, .acceptFailed, .paused(.connectionLimit), .resumed, .stopping: break
        }
    }
}
