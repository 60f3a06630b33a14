public import SocketModel

extension Socket {
    /// Gives the socket its own address. The corresponding C function is `bind`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/addressInUse``, ``SocketError/Code/addressNotAvailable``,
    ///   ``SocketError/Code/permissionDenied`` for ports below 1024, ``SocketError/Code/invalidArgument`` when it is bound already.
    public func bind(to address: SocketAddress) throws(SocketError) { try perform(.bind(address)) }

    /// Gives the socket its own address, by host and port.
    ///
    /// On an IPv4 socket an empty host means every address of this host, and `<broadcast>` the broadcast address. Numeric text never
    /// reaches a resolver; a name becomes the first address it resolves to in this socket's family.
    ///
    /// - Parameter port: 0...65535; 0 lets the system choose.
    /// - Throws: ``SocketError`` as ``bind(to:)``, with ``SocketError/Code/invalidArgument`` for a port out of range, and with
    ///   ``SocketError/Code/resolutionFailed``.
    @available(*, noasync, message: "looking up a name may wait")
    public func bind(to host: String, port: Int) throws(SocketError) {
        try bind(to: try network.address(host, port, family: family, type: type, for: .bind))
    }

    /// The socket's own address, its port included, once it has one. The corresponding C function is `getsockname`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/closed``.
    public func localAddress() throws(SocketError) -> SocketAddress {
        guard case .address(let address) = unsafe try execute(.localAddress).outcome else {
            throw .unexpected(.localAddress)
        }
        return address
    }

    /// The peer's address. The corresponding C function is `getpeername`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/notConnected``, ``SocketError/Code/closed``.
    public func peerAddress() throws(SocketError) -> SocketAddress {
        guard case .address(let address) = unsafe try execute(.peerAddress).outcome else {
            throw .unexpected(.peerAddress)
        }
        return address
    }

    /// Ends one half of the connection, or both, for every duplicate too. The corresponding C function is `shutdown`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/notConnected``, ``SocketError/Code/closed``.
    public func shutdown(_ direction: ShutdownDirection = .both) throws(SocketError) {
        try perform(.shutdown(direction))
    }
}
