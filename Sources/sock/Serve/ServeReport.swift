import Locks
import Sockets

/// What a server of streams says on standard error, in either mode.
final class ServeReport: Sendable {
    private let network: Network
    private let isStarved = Lock(false)

    init(_ network: Network) { self.network = network }

    /// A connection has failed. Its own closing is no error of a connection.
    func failed(_ peer: SocketAddress, _ error: any Error) {
        if !network.isClosed { complain("serve: connection from \(peer): \(error)") }
    }

    /// Descriptors, memory or threads have run out: said once, until there is a connection again.
    func starved(_ error: SocketError) {
        let isNews = isStarved.withLock { isStarved in
            defer { isStarved = true }
            return !isStarved
        }
        if isNews { complain("serve: \(error); trying again every 100 ms") }
    }

    /// There is a connection.
    func accepted() { isStarved.withLock { $0 = false } }
}
