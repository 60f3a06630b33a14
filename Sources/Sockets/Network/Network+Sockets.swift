public import SocketModel

extension Network {
    /// Makes a socket. The corresponding C function is `socket`.
    ///
    /// What C lets be written with a type is taken as there: `SOCK_NONBLOCK` makes a socket of mode ``Socket/Mode/nonBlocking``, and close-on-exec all
    /// sockets are. ``Socket/type`` is the type alone.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/unsupported`` for a combination the system does not know,
    ///   ``SocketError/Code/permissionDenied`` for raw sockets without the privilege, ``SocketError/Code/tooManyDescriptors``.
    public func socket(
        _ family: AddressFamily, _ type: SocketType = .stream, protocol number: IPProtocol = .default
    ) throws(SocketError) -> Socket {
        let (type, flags) = type.split
        guard case .opened(let handle) = try execute(.open(family, type, number)) else { throw .unexpected(.open) }
        let socket = try take(handle, family, type, number, .open)
        if flags.contains(.nonBlocking) { socket.mode = .nonBlocking }
        return socket
    }

    /// Makes two sockets, connected to each other. The corresponding C function is `socketpair`.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/unsupported`` for families that have no pairs: Linux has only UNIX ones.
    public func socketPair(
        _ family: AddressFamily = .unix, _ type: SocketType = .stream, protocol number: IPProtocol = .default
    ) throws(SocketError) -> (Socket, Socket) {
        let (type, flags) = type.split
        guard case .pair(let first, let second) = try execute(.openPair(family, type, number)) else {
            throw .unexpected(.openPair)
        }
        // Both are owned before either can be refused, so that none is lost when the network has been closed meanwhile.
        let pair = [first, second].map { Socket($0, network: self, family: family, type: type, protocol: number) }
        for socket in pair {
            try enlist(socket, .openPair)
            if flags.contains(.nonBlocking) { socket.mode = .nonBlocking }
        }
        return (pair[0], pair[1])
    }

    /// Takes over a descriptor made elsewhere: from now on the socket closes it. The corresponding classic function is `fromfd`,
    /// without its `dup`.
    ///
    /// What family and type leave open is asked of the system. The descriptor becomes close-on-exec and non-blocking underneath;
    /// its blocking mode is restored when the socket closes or detaches it. When this throws, the descriptor is still the caller's.
    ///
    /// - Throws: ``SocketError`` with ``SocketError/Code/badDescriptor`` when the number is not open, or, unless family and type are
    ///   both given, when it is not a socket's.
    public func adopt(
        descriptor: Int32, family: AddressFamily? = nil, type: SocketType? = nil, protocol number: IPProtocol? = nil
    ) throws(SocketError) -> Socket {
        let subject = SocketError.Subject.name("descriptor \(descriptor)")
        guard
            case .adopted(let handle, let foundFamily, let foundType, let foundNumber) =
                try execute(.adopt(descriptor: descriptor), subject)
        else { throw .unexpected(.adopt) }
        guard foundType.rawValue != 0 || (family != nil && type != nil) else {
            _ = unsafe backend.execute(Operation(.detach(blocking: false), on: handle), memory: .none)
            throw SocketError(.badDescriptor, .adopt, subject, errno: .notSocket)
        }
        let socket = try take(
            handle, family ?? foundFamily, type ?? foundType, number ?? foundNumber, .adopt)
        socket.readKernelTimeouts()
        socket.patience.noteLingering()
        return socket
    }

    /// A socket that owns `handle`; when the network has been closed meanwhile, the handle is closed instead.
    func take(
        _ handle: SocketHandle, _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol,
        _ operation: OperationName
    ) throws(SocketError) -> Socket {
        let socket = Socket(handle, network: self, family: family, type: type, protocol: number)
        try enlist(socket, operation)
        return socket
    }

    private func enlist(_ socket: Socket, _ operation: OperationName) throws(SocketError) {
        guard registry.add(socket) else { throw SocketError(.networkClosed, operation) }
    }
}
