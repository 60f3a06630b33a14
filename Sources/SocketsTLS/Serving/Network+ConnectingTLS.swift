#if TLS
    public import SocketModel
    public import Sockets

    extension Network {
        /// Connects to a host and port and shakes hands: as `connect(to:port:family:type:racing:preparing:deadline:)`, then
        /// ``TLSSocket/handshake(deadline:)``.
        ///
        /// - Parameters:
        ///   - host: A name or a numeric address.
        ///   - port: 0...65535.
        ///   - context: A client's.
        ///   - name: The name that the server's certificate must be valid for; without one, `host`.
        ///   - prepare: Is given each socket before it connects.
        ///   - deadline: For all together; without one ``TLSConfiguration/handshakeLimit`` is for the handshake.
        /// - Throws: ``TLSError``, with the socket's own in ``TLSError/socketError``. No socket is left behind then.
        @available(*, noasync, message: "this parks the thread")
        public func connect(
            to host: String, port: Int, tls context: TLSContext, name: String? = nil,
            preparing prepare: Preparation? = nil, deadline: Deadline? = nil
        ) throws(TLSError) -> TLSSocket {
            let limit = deadline.map { Deadline.at($0.instant { now }) }
            let socket: Socket
            do throws(SocketError) {
                socket = try connect(to: host, port: port, preparing: prepare, deadline: limit)
            } catch {
                throw TLSError(error)
            }
            let connection = try TLSSocket(client: context, over: socket, name: name ?? host)
            try connection.handshake(deadline: limit)
            return connection
        }

        /// Connects to a host and port and shakes hands, while the task is suspended.
        ///
        /// - Throws: ``TLSError`` as the blocking form, and with ``SocketError/Code/cancelled`` in ``TLSError/socketError``. No socket is
        ///   left behind then.
        public func connect(
            to host: String, port: Int, tls context: TLSContext, name: String? = nil,
            preparing prepare: Preparation? = nil, deadline: Deadline? = nil
        ) async throws(TLSError) -> TLSSocket {
            let limit = deadline.map { Deadline.at($0.instant { now }) }
            let socket: Socket
            do throws(SocketError) {
                socket = try await connect(to: host, port: port, preparing: prepare, deadline: limit)
            } catch {
                throw TLSError(error)
            }
            let connection = try TLSSocket(client: context, over: socket, name: name ?? host)
            try await connection.handshake(deadline: limit)
            return connection
        }
    }
#endif
