internal import SocketModel

// Names: whom a socket is, and whom another one is found by.
extension UNIXSocket {
    func addressOfPeer() throws(Errno) -> SocketAddress {
        guard let peer else { throw .socketNotConnected }
        return .unix(peer.name ?? .unnamed)
    }

    func takeName(_ address: SocketAddress) throws(Errno) {
        guard case .unix(let address) = address else { throw .invalidArgument }
        switch address.kind {
        case .unnamed: try takeAnyName()
        case .path: try takePath(address)
        case .abstract: try takeAbstract(address)
        }
    }

    /// Gives it a name of the host's choice, unless it has one.
    func takeAnyName() throws(Errno) {
        guard name == nil else { return }
        guard let vacant = kernel.unix.vacantName(type) else { throw .noSpace }
        try takeAbstract(vacant)
    }

    /// As the kernel does before it connects or sends what is to carry its sender: who asks for credentials has a name.
    func takeNameForCredentials() throws(Errno) {
        if options.passesCredentials { try takeAnyName() }
    }

    private func takePath(_ address: UNIXAddress) throws(Errno) {
        guard let host = kernel.host else { throw .noSuchFileOrDirectory }
        guard host.socketFiles[address.bytes] == nil else { throw .addressInUse }
        if name != nil { throw .invalidArgument }
        file = host.socketFiles.make(address.bytes, for: self)
        name = address
    }

    private func takeAbstract(_ address: UNIXAddress) throws(Errno) {
        if name != nil { throw .invalidArgument }
        guard kernel.unix[address.bytes, type] == nil else { throw .addressInUse }
        kernel.unix[address.bytes, type] = self
        name = address
    }

    /// The socket of a name, for one of this type.
    func find(_ address: SocketAddress) throws(Errno) -> UNIXSocket {
        guard case .unix(let address) = address else { throw .invalidArgument }
        switch address.kind {
        case .unnamed: throw .invalidArgument
        case .abstract:
            guard let socket = kernel.unix[address.bytes, type] else { throw .connectionRefused }
            return socket
        case .path:
            guard let file = kernel.host?.socketFiles[address.bytes] else { throw .noSuchFileOrDirectory }
            guard let socket = file.socket else { throw .connectionRefused }
            guard socket.type == type else { throw .protocolWrongTypeForSocket }
            return socket
        }
    }

    /// Whether an address could be one at all: the kernel looks at that first.
    static func check(_ address: SocketAddress) throws(Errno) {
        guard case .unix(let address) = address, address.kind != .unnamed else { throw .invalidArgument }
    }

    /// Nobody finds it by its name any more.
    func leaveName() {
        file?.socket = nil
        file = nil
        guard let name, name.kind == .abstract else { return }
        if kernel.unix[name.bytes, type] === self { kernel.unix[name.bytes, type] = nil }
    }
}
