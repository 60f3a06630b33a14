#if Logging
    public import Logging
    public import Sockets

    extension ServerOptions {
        /// These options with a server's events going to `logger`, too; who was told of them before still is.
        ///
        /// ```swift
        /// import Logging
        /// import SocketsLogging
        ///
        /// let options = ServerOptions(maximumConnections: 1000).logging(to: Logger(label: "echo"))
        /// try await socket.serve(options) { connection in
        ///     while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
        /// }
        /// ```
        ///
        /// Messages are constant texts; what varies is metadata:
        ///
        /// | Event | Level | Metadata |
        /// |---|---|---|
        /// | accepted, ended, cancelled | debug | `connection`, `peer` |
        /// | failed with a `SocketError` | warning | `connection`, `peer`, `error…` |
        /// | failed with another error | error | `connection`, `peer`, `error` |
        /// | accept failed, paused for want of descriptors or memory | warning | `error…` |
        /// | paused at the limit of connections | warning | |
        /// | resumed, stopping | info | |
        ///
        /// `connection` is its number, `peer` its address, left out where it has none. `error` is the error's text; of a `SocketError` there
        /// are also `error.code`, `error.operation` and, if the system refused, `error.errno`, by its C name where it has one.
        ///
        /// Nothing is made of an event whose level `logger` leaves out. A log handler runs on an executor's thread: it must not block.
        public func logging(to logger: Logger) -> ServerOptions {
            reporting { event in
                logger.log(
                    level: event.logLevel, Logger.Message(stringLiteral: event.logMessage), metadata: event.logMetadata)
            }
        }
    }
#endif
