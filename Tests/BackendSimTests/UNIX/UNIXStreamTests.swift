import Sockets
import TestSupport
import Testing

@Suite struct `UNIX streams and sequences of packets` {
    static let types: [SocketType] = [.stream, .sequencedPacket]

    @Test(arguments: types, [0, 1, 3]) func `a full backlog refuses`(type: SocketType, backlog: Int) throws {
        try compare { ground in
            let listener = ground.open(type)
            ground.listen(listener)
            ground.bind(listener, "@a")
            ground.accept(listener)
            ground.listen(listener, backlog)
            let clients = (0..<backlog + 3).map { _ in ground.open(type) }
            for client in clients { ground.connect(client, "@a") }
            ground.poll(listener)
            let accepted = (0..<backlog + 2).compactMap { _ in ground.accept(listener) }
            for client in clients { ground.connect(client, "@a") }
            ground.connect(listener, "@a")
            ground.shut(listener, .receive)
            ground.connect(ground.open(type), "@a")
            ground.accept(listener)
            ground.accept(listener)
            keep(accepted)
        }
    }

    @Test(arguments: types) func `whoever waits in a backlog is reset when its listener closes`(type: SocketType) throws
    {
        try compare { ground in
            let listener = ground.open(type)
            ground.bind(listener, "@a")
            ground.listen(listener)
            let client = ground.open(type)
            ground.connect(client, "@a")
            ground.send(client, [1, 2])
            ground.poll(client)
            ground.close(listener)
            ground.poll(client)
            ground.send(client, [1])
            for _ in 0..<3 { ground.receive(client) }
            ground.names(client)
        }
    }

    @Test(arguments: types, ShutdownDirection.allCases)
    func `both ends notice a shutdown`(type: SocketType, direction: ShutdownDirection) throws {
        try compare { ground in
            let (a, b) = ground.pair(type)
            ground.send(a, [1])
            ground.send(b, [2])
            ground.shut(a, direction)
            for socket in [a, b] {
                ground.poll(socket)
                ground.send(socket, [3])
                for _ in 0..<3 { ground.receive(socket) }
            }
        }
    }

    @Test(arguments: types, [false, true])
    func `a peer notices a close, and a reset if there was something unread`(type: SocketType, isUnread: Bool) throws {
        let log = try compare { ground in
            let (a, b) = ground.pair(type)
            ground.send(b, [1])
            if isUnread { ground.send(a, [2]) }
            ground.close(b)
            ground.poll(a)
            ground.receive(a)
            ground.receive(a)
            ground.poll(a)
            ground.receive(a)
            ground.send(a, [3])
            ground.send(a, [])
        }
        #expect(log.contains { $0.contains("connection reset") } == isUnread)
    }

    @Test(arguments: types) func `what is not connected neither sends nor receives`(type: SocketType) throws {
        try compare { ground in
            let socket = ground.open(type)
            ground.poll(socket)
            ground.send(socket, [1])
            ground.receive(socket)
            ground.accept(socket)
            ground.shut(socket, .send)
            ground.poll(socket)
            ground.bind(socket, "a")
            ground.listen(socket)
            ground.send(socket, [1])
            ground.receive(socket)
            ground.poll(socket)
        }
    }

    @Test(arguments: types) func `bytes are peeked at, truncated and taken in parts`(type: SocketType) throws {
        try compare { ground in
            let (a, b) = ground.pair(type)
            for bytes: [UInt8] in [[1, 2, 3], [4], [], [5, 6]] { ground.send(a, bytes) }
            ground.message(b, 2, flags: .peek)
            ground.message(b, 5, flags: [.peek, .truncated])
            ground.message(b, 2)
            ground.receive(b, 0)
            ground.message(b, 2, flags: .truncated)
            ground.step("out of band") { () throws(SocketError) in try b.receive(1, flags: .outOfBand) }
            for _ in 0..<4 { ground.message(b, 3) }
        }
    }

    @Test(arguments: types, [1, 100, 200, 705, 4000, 20_000, 65_536, 200_000, 212_960, 212_961])
    func `a send buffer holds as much as the kernel's`(type: SocketType, size: Int) throws {
        try compare { ground in
            let (a, b) = ground.pair(type)
            let block = [UInt8](repeating: 7, count: size)
            var sent = 0
            var isFull = false
            while !isFull, sent < 1000 {
                isFull =
                    failure { () throws(SocketError) in
                        let count = try a.send(block, deadline: .immediate)
                        ground.step("sent") { () throws(SocketError) in count }
                    } != nil
                sent += 1
            }
            ground.send(a, block)
            ground.poll(a, b)
            ground.receive(b, 1000)
            ground.poll(a)
            for _ in 0..<10 { ground.receive(b, 300_000) }
            ground.poll(a, b)
        }
    }
}
