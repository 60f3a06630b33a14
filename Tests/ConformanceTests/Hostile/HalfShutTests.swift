import Sockets
import TestSupport
import Testing

/// What the kernel calls ready though the call would wait: a deadline is kept nevertheless, and a wait is no spinning.
@Suite(.timeLimit(.minutes(10))) struct `What counts as ready, and is not` {
    private let soon = Deadline.within(.milliseconds(50))

    /// A peer that has said its last word makes a socket interesting to poll in itself.
    @Test(arguments: Backends.all) func `a socket whose peer has ended and does not read`(backend: TestBackend) throws {
        try backend.runBlocking { network in
            let (a, b) = try network.socketPair()
            try b.shutdown(.send)
            fill(a)
            #expect(code { () throws(SocketError) in try a.sendAll(block, deadline: soon) } == .timedOut)
            #expect(try a.wait(for: .writable, deadline: soon) == [])
            #expect(try a.wait(for: [], deadline: soon) == [])
            let requests = [PollRequest(a, .writable), PollRequest(b, .writable)]
            #expect(try network.poll([requests[0]], deadline: soon) == [[]])
            #expect(try network.poll(requests, deadline: soon) == [[], .writable])
            drain(b)
            #expect(try a.wait(for: .writable, deadline: .net).contains(.writable))
        }
    }

    @Test(arguments: Backends.kernel(.accountsOfTheProcess)) func `an awaited wait for it`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try network.socketPair()
                try b.shutdown(.send)
                fill(a)
                #expect(await failure { try await a.sendAll(block, deadline: soon) }?.code == .timedOut)
                let before = Process.threadTime
                #expect(try await a.wait(for: .writable, deadline: .within(.milliseconds(200))) == [])
                #expect(try await a.wait(for: .priority, deadline: .within(.milliseconds(200))) == [])
                #expect(try await a.wait(for: [], deadline: .within(.milliseconds(200))) == [])
                #expect(Process.threadTime - before < .milliseconds(300), "it spins")
                async let writable = a.wait(for: .writable, deadline: .net)
                try await network.sleep(for: .milliseconds(5))
                drain(b)
                #expect(try await writable.contains(.writable))
            }
        }
    }

    private let block = [UInt8](repeating: 7, count: 100_000)

    private func drain(_ socket: Socket) {
        while (try? socket.receive(1 << 20, deadline: .immediate)) != nil {}
    }

    private func fill(_ socket: Socket) {
        while (try? socket.send(block, deadline: .immediate)) != nil {}
    }

    @Test(arguments: Backends.kernel(.errorQueues)) func `a receive beside errors that nobody reads`(
        backend: TestBackend
    ) async throws {
        try backend.runBlocking { network in
            let socket = try network.socket(.ipv4, .datagram)
            try socket.bind(to: "127.0.0.1", port: 0)
            let nobody = try network.socket(.ipv4, .datagram)
            try nobody.bind(to: "127.0.0.1", port: 0)
            let address = try nobody.localAddress()
            try nobody.close()
            try socket.set(.ip.receiveErrors, true)
            try socket.send("x", to: address)
            #expect(code { () throws(SocketError) in _ = try socket.receive(1, deadline: .net) } == .connectionRefused)
            #expect(code { () throws(SocketError) in _ = try socket.receive(1, deadline: soon) } == .timedOut)
            #expect(code { () throws(SocketError) in _ = try socket.receiveMessage(1, deadline: soon) } == .timedOut)
            #expect(
                code { () throws(SocketError) in _ = try socket.receiveBatch(2, of: 1, deadline: soon) } == .timedOut)
            // What comes is received all the same.
            let sender = try network.socket(.ipv4, .datagram)
            let own = try socket.localAddress()
            let thread = try network.spawn { _ = try? sender.send("y", to: own) }
            #expect(try socket.receiveMessage(1, deadline: .net)?.bytes == "y")
            try thread.join()
        }
    }

    @Test(arguments: Backends.kernel(.accountsOfTheProcess))
    func `a message to a full UNIX receiver is tried now and then`(
        backend: TestBackend
    ) async throws {
        let directory = TemporaryDirectory()
        try await backend.run { network in
            try await network.onExecutor {
                let receiver = try network.socket(.unix, .datagram)
                try receiver.bind(to: directory.address())
                let sender = try network.socket(.unix, .datagram)
                let address = try receiver.localAddress()
                fill(sender, address)
                let before = Process.threadTime
                let call = await failure {
                    _ = try await sender.send("y", to: address, deadline: .within(.milliseconds(200)))
                }
                #expect(call?.code == .timedOut)
                #expect(Process.threadTime - before < .milliseconds(150), "it spins")
                async let sent = sender.send("y", to: address, deadline: .net)
                try await network.sleep(for: .milliseconds(5))
                _ = try await receiver.receive(10)
                #expect(try await sent == 1)
            }
        }
    }

    private static let hasPackets = (try? Network(.posix).socket(.packet, .raw)) != nil

    /// They refuse a flag that every other kind takes.
    @Test(.enabled(if: hasPackets, "packet sockets need a privilege"), arguments: Backends.kernel(.packetSockets))
    func `packet sockets tell who has sent`(backend: TestBackend) throws {
        try backend.runBlocking { network in
            // All protocols (ETH_P_ALL), of the interface 1, which is loopback.
            let socket = try network.socket(.packet, .raw, protocol: IPProtocol(rawValue: 0x0300))
            try socket.bind(
                to: .other(
                    OpaqueAddress(family: .packet, bytes: [0, 3, 1, 0, 0, 0] + [UInt8](repeating: 0, count: 12))))
            let sender = try network.socket(.ipv4, .datagram)
            try sender.send("packet", to: .ipv4(.loopback, port: 9))
            #expect(try socket.receiveFrom(2000, deadline: .net)?.sender?.family == .packet)
            try sender.send("packet", to: .ipv4(.loopback, port: 9))
            #expect(try socket.receiveMessage(2000, deadline: .net)?.sender?.family == .packet)
            try sender.send("packet", to: .ipv4(.loopback, port: 9))
            #expect(try socket.receiveBatch(2, of: 2000, deadline: .net).first?.sender?.family == .packet)
        }
    }

    @Test(arguments: Backends.kernel(.severalUNIXPeers))
    func `what waits for one receiver holds up nothing for another`(
        backend: TestBackend
    ) async throws {
        let directory = TemporaryDirectory()
        try await backend.run { network in
            try await network.onExecutor {
                let receivers = try ["full", "free"].map { name in
                    let receiver = try network.socket(.unix, .datagram)
                    try receiver.bind(to: directory.address(name))
                    return receiver
                }
                let sender = try network.socket(.unix, .datagram)
                fill(sender, directory.address("full"))
                async let first = sender.send("y", to: directory.address("full"), deadline: .net)
                await settle()
                #expect(try await sender.send("z", to: directory.address("free"), deadline: .within(.seconds(20))) == 1)
                #expect(try await receivers[1].receive(1) == "z")
                _ = try await receivers[0].receive(1)
                #expect(try await first == 1)
            }
        }
    }

    private func fill(_ sender: Socket, _ address: SocketAddress) {
        while (try? sender.send("x", to: address, deadline: .immediate)) != nil {}
    }
}
