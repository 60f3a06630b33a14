import Sockets
import TestSupport
import Testing

@Suite struct `Names of UNIX sockets` {
    @Test func `a path stays when its socket closes, until it is removed`() throws {
        let log = try compare { ground in
            let first = ground.open(.datagram)
            ground.bind(first, "a")
            ground.close(first)
            let second = ground.open(.datagram)
            ground.bind(second, "a")
            ground.connect(second, "a")
            ground.remove("a")
            ground.remove("a")
            ground.connect(second, "a")
            ground.bind(second, "a")
        }
        #expect(log.contains { $0.contains("address in use") })
    }

    @Test func `the socket of a removed path lives on`() throws {
        try compare { ground in
            let (one, other) = (ground.open(.datagram), ground.open(.datagram))
            ground.bind(one, "a")
            let sender = ground.open(.datagram)
            ground.connect(sender, "a")
            ground.remove("a")
            ground.bind(other, "a")
            ground.send(sender, [1])
            ground.receive(one)
            ground.close(one)
            ground.send(ground.open(.datagram), [2], to: "a")
            ground.receive(other)
        }
    }

    @Test(arguments: [SocketType.stream, .datagram, .sequencedPacket])
    func `whom nobody or another type answers is refused`(type: SocketType) throws {
        try compare { ground in
            let others = [SocketType.stream, .datagram, .sequencedPacket].map(ground.open)
            for (index, name) in ["s", "d", "p"].enumerated() { ground.bind(others[index], name) }
            for name in ["s", "d", "p", "@x", "none", ""] {
                let socket = ground.open(type)
                ground.connect(socket, name)
                ground.send(socket, [1], to: name)
            }
            ground.connect(ground.open(type), to: .unspecified)
            ground.connect(ground.open(type), to: .ipv4(.loopback, port: 7))
            keep(others)
        }
    }

    @Test func `a socket has one name`() throws {
        try compare { ground in
            let socket = ground.open()
            ground.names(socket)
            ground.bind(socket, "")
            ground.names(socket)
            ground.bind(socket, "")
            for name in ["a", "@a"] { ground.bind(socket, name) }
            ground.bind(ground.open(), "a")
            ground.step("bind") { () throws(SocketError) in try socket.bind(to: .ipv4(.any, port: 0)) }
        }
    }

    @Test func `sockets of different types have the same abstract name, and closing gives it back`() throws {
        try compare { ground in
            let types: [SocketType] = [.stream, .datagram, .sequencedPacket]
            let sockets = types.map(ground.open)
            for socket in sockets { ground.bind(socket, "@a") }
            for type in types { ground.bind(ground.open(type), "@a") }
            for socket in sockets { ground.close(socket) }
            for type in types { ground.bind(ground.open(type), "@a") }
        }
    }

    @Test func `names of all ends are told`() throws {
        try compare { ground in
            let listener = ground.open()
            ground.bind(listener, "a")
            ground.listen(listener)
            let (named, unnamed) = (ground.open(), ground.open())
            ground.bind(named, "@b")
            for socket in [named, unnamed] {
                ground.connect(socket, "a")
                let accepted = ground.accept(listener)
                for socket in [socket, accepted ?? socket, listener] { ground.names(socket) }
                ground.close(accepted ?? socket)
                ground.names(socket)
            }
            let (a, b) = ground.pair(.datagram)
            ground.bind(a, "@c")
            for socket in [a, b] { ground.names(socket) }
        }
    }

    @Test func `what there is no such socket of is refused`() throws {
        try compare { ground in
            for type in [SocketType.raw, .reliableDatagram, .packet] {
                ground.step("socket") { () throws(SocketError) in try ground.network.socket(.unix, type) }
            }
            ground.step("socket") { () throws(SocketError) in
                try ground.network.socket(.unix, .stream, protocol: IPProtocol(rawValue: 7))
            }
            ground.step("socket") { () throws(SocketError) in
                try ground.network.socket(.unix, .stream, protocol: IPProtocol(rawValue: 1))
            }
        }
    }
}
