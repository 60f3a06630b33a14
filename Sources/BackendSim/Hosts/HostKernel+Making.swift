internal import SocketModel

// Making sockets.
extension HostKernel {
    func make(_ action: Operation.Action) -> Completion {
        do throws(Errno) {
            switch action {
            case .open(let family, let type, let number): return Completion(.opened(try open(family, type, number)))
            case .openPair(let family, let type, let number): return try openPair(family, type, number)
            case .adopt(let number): return try adopt(number)
            default: throw .notSupported
            }
        } catch {
            return .failure(Failure(errno: error))
        }
    }

    private func open(
        _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol
    ) throws(Errno) -> SocketHandle {
        let socket = try makeSocket(family, type, number)
        guard let descriptor = descriptors.insert(socket) else { throw .tooManyOpenFiles }
        return SocketHandle(rawValue: descriptor)
    }

    private func makeSocket(
        _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol
    ) throws(Errno) -> SimulatedSocket {
        guard (0...Self.largestType).contains(type.rawValue) else { throw .invalidArgument }
        switch family {
        case .ipv4, .ipv6:
            guard (0...Self.largestProtocol).contains(number.rawValue) else { throw .invalidArgument }
            switch (type, number) {
            case (.stream, .default), (.stream, .tcp): return TCPSocket(self, family)
            case (.datagram, .default), (.datagram, .udp): return UDPSocket(self, family)
            case (.stream, _), (.datagram, _): throw .protocolNotSupported
            case (.raw, .default): throw .protocolNotSupported
            default: throw .socketTypeNotSupported
            }
        case .unix: return try UNIXSocket.make(self, type, number)
        default: throw .addressFamilyNotSupported
        }
    }

    /// `SOCK_PACKET`, and `IPPROTO_MPTCP`.
    private static let largestType: Int32 = 10
    private static let largestProtocol: Int32 = 262

    private func openPair(
        _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol
    ) throws(Errno) -> Completion {
        guard family == .unix else {
            _ = try makeSocket(family, type, number)
            throw .notSupported
        }
        let first = try UNIXSocket.make(self, type, number)
        let second = try UNIXSocket.make(self, type, number)
        first.pair(with: second)
        guard let one = descriptors.insert(first) else { throw .tooManyOpenFiles }
        guard let other = descriptors.insert(second) else {
            _ = descriptors.remove(one)
            first.release()
            throw .tooManyOpenFiles
        }
        return Completion(.pair(SocketHandle(rawValue: one), SocketHandle(rawValue: other)))
    }

    /// A number that was detached, or came with a message.
    private func adopt(_ number: Int32) throws(Errno) -> Completion {
        guard let socket = descriptors[number]?.socket else { throw .badFileDescriptor }
        return Completion(
            .adopted(
                SocketHandle(rawValue: number), family: socket.family, type: socket.type, protocol: socket.protocol))
    }
}
