#if Metrics
    public import Metrics
    internal import Sockets

    /// What a program's networks and servers count: a network that was made with `BackendChoice.measured(by:)` its bytes and errors, a
    /// server with `ServerOptions.measured(by:)` its connections.
    ///
    /// ```swift
    /// import SocketsMetrics
    ///
    /// let metrics = SocketMetrics()
    /// let network = try Network(.posix.measured(by: metrics))
    /// try await network.listen(port: 50007).serve(ServerOptions().measured(by: metrics)) { connection in
    ///     while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
    /// }
    /// ```
    ///
    /// | Metric | Kind | Unit | Dimensions | Counts |
    /// |---|---|---|---|---|
    /// | `sockets_received_bytes` | counter | bytes | | bytes that receives took from the system |
    /// | `sockets_sent_bytes` | counter | bytes | | bytes that the system took from sends |
    /// | `sockets_errors` | counter | errors | `operation`, `code` | operations and name look-ups that failed |
    /// | `sockets_server_accepted_connections` | counter | connections | | connections accepted |
    /// | `sockets_server_ended_connections` | counter | connections | `outcome`: `ended`, `failed` or `cancelled` | connections whose handler has ended |
    /// | `sockets_server_open_connections` | meter | connections | | connections whose handler runs |
    /// | `sockets_server_connection_duration` | timer | nanoseconds | | from a connection's accept to the end of its handler, by the network's clock |
    /// | `sockets_server_refused_accepts` | counter | accepts | `code` | accepts that failed, for the connection's reasons or for want of descriptors or memory |
    /// | `sockets_server_pauses` | counter | pauses | `reason`: `connectionLimit` or `exhausted` | times that accepting paused |
    ///
    /// `operation` is the raw value of an `OperationName`, `code` that of a `SocketError.Code`: both are closed sets, with fewer than 40
    /// and 40 values. No address, name or number is ever a dimension. A counter that has dimensions begins with the first thing that it counts.
    ///
    /// Bytes are payload, as programs see it: those of a stream, or of messages and batches as far as there was memory for them; not
    /// those only peeked at, nor those of the error queue, nor control messages. A failed accept of a measured server on a measured network
    /// is in `sockets_errors` too.
    ///
    /// Four codes are no errors here. `wouldBlock`, `inProgress` and `cancelled` say that a program did not want to wait, or no longer;
    /// and so does `timedOut` without an error number, which is a deadline's. A `timedOut` that the system reports, `ETIMEDOUT`, counts.
    ///
    /// Several networks and servers may share one object, which then has their sums, or have each their own, told apart by `dimensions`.
    public final class SocketMetrics: Sendable {
        let sent: Counter
        let received: Counter
        let errors: CounterFamily<ErrorKind>

        let accepted: Counter
        let open: Meter
        let ended: CounterFamily<Ending>
        let duration: Timer
        let refused: CounterFamily<SocketError.Code>
        let pauses: CounterFamily<PauseReason>

        /// Makes the metrics.
        ///
        /// - Parameters:
        ///   - factory: Who makes them; the standard value is the one that the metrics system was started with, if it was before.
        ///   - dimensions: What every metric has beside its own dimensions, to tell objects apart. Few and constant.
        public init(factory: any MetricsFactory = MetricsSystem.factory, dimensions: [(String, String)] = []) {
            let maker = MetricMaker(factory: factory, dimensions: dimensions)
            sent = maker.counter("sockets_sent_bytes")
            received = maker.counter("sockets_received_bytes")
            errors = maker.counters("sockets_errors") {
                [("operation", $0.operation.rawValue), ("code", $0.code.rawValue)]
            }
            accepted = maker.counter("sockets_server_accepted_connections")
            open = maker.meter("sockets_server_open_connections")
            ended = maker.counters("sockets_server_ended_connections") { [("outcome", $0.rawValue)] }
            duration = maker.timer("sockets_server_connection_duration")
            refused = maker.counters("sockets_server_refused_accepts") { [("code", $0.rawValue)] }
            pauses = maker.counters("sockets_server_pauses") { [("reason", $0.rawValue)] }
        }
    }

    /// What tells one counter of errors from another.
    struct ErrorKind: Hashable {
        let operation: OperationName
        let code: SocketError.Code
    }

    /// How a connection's handler has ended.
    enum Ending: String {
        case ended, failed, cancelled
    }

    /// Why accepting pauses.
    enum PauseReason: String {
        case connectionLimit, exhausted
    }
#endif
