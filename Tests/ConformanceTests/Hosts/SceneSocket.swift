import Sockets
import TestSupport

/// A socket of a scene's host, whose calls are made as the scene says: by a thread that waits for them, or by the task.
struct SceneSocket: Sendable {
    let socket: Socket
    let form: Scene.Form

    private func call<Value: Sendable>(
        _ blocking: @escaping @Sendable () throws(SocketError) -> Value,
        _ awaited: () async throws(SocketError) -> Value
    ) async throws(SocketError) -> Value {
        switch form {
        case .awaited: return try await awaited()
        case .blocking:
            let aside = try Aside(socket.network, blocking)
            return try await aside.outcome().get()
        }
    }

    var address: SocketAddress {
        get throws(SocketError) { try socket.localAddress() }
    }

    var peer: SocketAddress {
        get throws(SocketError) { try socket.peerAddress() }
    }

    func connect(to address: SocketAddress, deadline: Deadline = .net) async throws(SocketError) {
        try await call { () throws(SocketError) in
            try socket.connect(to: address, deadline: deadline)
        } _: { () async throws(SocketError) in
            try await socket.connect(to: address, deadline: deadline)
        }
    }

    func accept() async throws(SocketError) -> (connection: SceneSocket, peer: SocketAddress) {
        let (connection, peer) = try await call { () throws(SocketError) in
            try socket.accept(deadline: .net)
        } _: { () async throws(SocketError) in
            try await socket.accept(deadline: .net)
        }
        return (SceneSocket(socket: connection, form: form), peer)
    }

    func send(_ bytes: [UInt8]) async throws(SocketError) {
        try await call { () throws(SocketError) in
            try socket.sendAll(bytes, deadline: .net)
        } _: { () async throws(SocketError) in
            try await socket.sendAll(bytes, deadline: .net)
        }
    }

    func send(_ bytes: [UInt8], to address: SocketAddress) async throws(SocketError) {
        _ = try await call { () throws(SocketError) in
            try socket.send(bytes, to: address)
        } _: { () async throws(SocketError) in
            try await socket.send(bytes, to: address)
        }
    }

    func receive(_ maximum: Int = 65_536, deadline: Deadline = .net) async throws(SocketError) -> [UInt8]? {
        let chunk = try await call { () throws(SocketError) in
            try socket.receive(maximum, deadline: deadline)
        } _: { () async throws(SocketError) in
            try await socket.receive(maximum, deadline: deadline)
        }
        return chunk?.array
    }

    func receiveFrom() async throws(SocketError) -> (bytes: [UInt8], sender: SocketAddress?) {
        let found = try await call { () throws(SocketError) in
            try socket.receiveFrom(65_536, deadline: .net)
        } _: { () async throws(SocketError) in
            try await socket.receiveFrom(65_536, deadline: .net)
        }
        return (found?.bytes.array ?? [], found?.sender)
    }

    /// So many bytes of a stream, or what comes before its end.
    func receive(exactly count: Int) async throws(SocketError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count, let more = try await receive(count - bytes.count) { bytes += more }
        return bytes
    }

    func close() async throws(SocketError) {
        try await call { () throws(SocketError) in
            try socket.close()
        } _: { () async throws(SocketError) in
            try await socket.close()
        }
    }
}

// MARK: - Making

extension SceneHost {
    /// A socket of this host's.
    func socket(_ family: AddressFamily, _ type: SocketType = .stream) async throws -> SceneSocket {
        let network = network
        return SceneSocket(socket: try await network.run { try network.socket(family, type) }, form: form)
    }

    /// A listener at the host's own address, or another.
    func listener(_ family: AddressFamily, at address: SocketAddress? = nil) async throws -> SceneSocket {
        let socket = try await socket(family)
        try socket.socket.bind(to: address ?? self.address(family))
        try socket.socket.listen()
        return socket
    }

    /// A datagram socket bound to the host's own address, or another.
    func datagrams(_ family: AddressFamily, at address: SocketAddress? = nil) async throws -> SceneSocket {
        let socket = try await socket(family, .datagram)
        try socket.socket.bind(to: address ?? self.address(family))
        return socket
    }

    /// A stream connected to whoever of the name's addresses answers first.
    func connect(to name: String, port: Int) async throws -> SceneSocket {
        let (network, form) = (network, form)
        return try await network.run {
            if form == .awaited {
                return SceneSocket(socket: try await network.connect(to: name, port: port, deadline: .net), form: form)
            }
            let aside = try Aside(network) { () throws(SocketError) in
                try network.connect(to: name, port: port, deadline: .net)
            }
            return SceneSocket(socket: try await aside.outcome().get(), form: form)
        }
    }
}

extension Scene {
    /// Two ends of a connection from one host to another.
    func pair(
        _ from: SceneHost, _ to: SceneHost, _ family: AddressFamily = .ipv4
    ) async throws -> (client: SceneSocket, server: SceneSocket) {
        let listener = try await to.listener(family)
        let client = try await from.socket(family)
        try await client.connect(to: listener.address)
        return (client, try await listener.accept().connection)
    }
}
