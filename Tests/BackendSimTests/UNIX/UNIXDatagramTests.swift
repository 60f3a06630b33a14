import Sockets
import TestSupport
import Testing

@Suite struct `UNIX datagrams` {
    @Test func `eleven datagrams of strangers wait, no more`() throws {
        try compare { ground in
            let (receiver, sender, stranger) = (ground.open(.datagram), ground.open(.datagram), ground.open(.datagram))
            ground.bind(receiver, "@r")
            ground.connect(sender, "@r")
            for number in 0..<12 { ground.send(sender, [UInt8(number)]) }
            ground.send(stranger, [99], to: "@r")
            ground.poll(sender, stranger, receiver)
            ground.receive(receiver)
            ground.poll(sender)
            ground.send(stranger, [100], to: "@r")
            ground.send(sender, [101])
        }
    }

    @Test func `a connected socket has one peer`() throws {
        try compare { ground in
            let sockets = (0..<3).map { _ in ground.open(.datagram) }
            for (index, socket) in sockets.enumerated() { ground.bind(socket, "@\(index)") }
            ground.connect(sockets[0], "@1")
            ground.connect(sockets[2], "@0")
            ground.send(sockets[2], [1], to: "@0")
            ground.send(sockets[2], [2], to: "@1")
            ground.send(sockets[0], [3], to: "@2")
            for socket in sockets { ground.message(socket) }
            ground.connect(sockets[0], to: .unspecified)
            ground.names(sockets[0])
            ground.send(sockets[0], [4])
            ground.connect(sockets[2], "@0")
            ground.connect(sockets[0], "@0")
            ground.send(sockets[0], [5])
            ground.receive(sockets[0])
        }
    }

    @Test func `who leaves a peer loses what it sent, and the peer is told`() throws {
        try compare { ground in
            let (a, b) = ground.pair(.datagram)
            ground.send(b, [1])
            ground.connect(a, to: .unspecified)
            ground.poll(a, b)
            ground.receive(a)
            ground.send(b, [2])
            ground.send(b, [3])
            ground.receive(a)
        }
    }

    @Test func `a peer that has closed refuses, once`() throws {
        try compare { ground in
            let (a, b) = ground.pair(.datagram)
            ground.send(a, [0])
            ground.close(b)
            ground.poll(a)
            ground.names(a)
            for _ in 0..<2 { ground.send(a, [1]) }
            ground.receive(a)
        }
    }

    @Test(arguments: ShutdownDirection.allCases) func `a shutdown concerns one end`(direction: ShutdownDirection) throws
    {
        try compare { ground in
            let (a, b) = ground.pair(.datagram)
            ground.send(b, [1])
            ground.shut(a, direction)
            ground.poll(a, b)
            for (from, to) in [(a, b), (b, a)] {
                ground.send(from, [2])
                ground.receive(to)
                ground.receive(to)
            }
            ground.listen(a)
            ground.accept(a)
        }
    }

    @Test(arguments: [0, 1, 5000, 16_065, 100_000, 212_960, 212_961])
    func `a message is whole, or truncated and says so`(size: Int) throws {
        try compare { ground in
            let (a, b) = ground.pair(.datagram)
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
            for _ in 0..<8 { ground.send(a, bytes) }
            ground.poll(a, b)
            ground.message(b, 10, flags: .peek)
            ground.message(b, 10, flags: .truncated)
            ground.message(b, 10)
            ground.message(b, 0)
            ground.message(b, size)
            ground.poll(a, b)
            ground.step("out of band") { () throws(SocketError) in try b.receive(1, flags: .outOfBand) }
            ground.send(a, [1], flags: .outOfBand)
        }
    }
}
