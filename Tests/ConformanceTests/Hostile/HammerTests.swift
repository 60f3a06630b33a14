import Locks
import Sockets
import TestSupport
import Testing

/// Many threads at one socket, and closers that race with them. Nothing may hang, crash, or end otherwise than it is allowed to.
@Suite(.serialized) struct `Hammering` {
    @Test(arguments: Backends.distinctKernel(.computingTime)) func `readers, writers and a closer at one socket`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let allowed: [SocketError.Code] = [.closed, .timedOut, .wouldBlock, .brokenPipe, .connectionReset]
        for round in 0..<250 {
            let (a, b) = try network.socketPair()
            let threads = try (0..<4).map { index in
                try Aside(network) { () throws(SocketError) in
                    while true {
                        switch index {
                        case 0: if try a.receive(10, deadline: .net) == nil { return }
                        case 1: _ = try a.send("data", deadline: .net)
                        case 2: if try b.receive(10, deadline: .net) == nil { return }
                        default: _ = try b.send("data", deadline: .net)
                        }
                    }
                }
            }
            for _ in 0..<round % 7 { try network.pause() }
            try a.close()
            if round % 2 == 0 { try b.close() }
            for thread in threads {
                if let error = thread.failure() { #expect(allowed.contains(error.code), "round \(round): \(error)") }
            }
        }
    }

    @Test(arguments: Backends.distinct) func `several closers: one closes, all return`(backend: TestBackend) throws {
        let network = try backend.network()
        for _ in 0..<200 {
            let (a, b) = try network.socketPair()
            let reader = try Aside(network) { () throws(SocketError) in try a.receive(1) }
            let closers = try (0..<3).map { _ in try Aside(network) { () throws(SocketError) in try a.close() } }
            for closer in closers { #expect(closer.failure() == nil) }
            #expect(reader.failure()?.code == .closed)
            #expect(try b.receive(1, deadline: .net) == nil)
        }
    }

    @Test(arguments: Backends.distinctKernel(.descriptorsOfTheProcess))
    func `detaching races with closing: the descriptor has one owner`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        for _ in 0..<200 {
            let (a, b) = try network.socketPair()
            let closer = try Aside(network) { () throws(SocketError) in try a.close() }
            let number = try? a.detach()
            #expect(closer.failure() == nil)
            if let number { Process.close(number) }
            #expect(try b.receive(1, deadline: .net) == nil)
        }
    }

    @Test(arguments: Backends.distinct) func `connections come and go under an acceptor that is closed`(
        backend: TestBackend
    )
        throws
    {
        let network = try backend.network()
        for _ in 0..<20 {
            let listener = try network.listen(at: .loopback4)
            let address = try listener.localAddress()
            let served = Lock(0)
            let acceptors = try (0..<2).map { _ in
                try Aside(network) { () throws(SocketError) in
                    while true {
                        let connection = try listener.accept().connection
                        if let chunk = try? connection.receive(8, deadline: .net) { try? connection.sendAll(chunk) }
                        served.withLock { $0 += 1 }
                    }
                }
            }
            for _ in 0..<10 {
                let client = try network.connect(to: address, deadline: .net)
                try client.sendAll("ping")
                #expect(try client.receive(8, deadline: .net)?.description == "ping")
            }
            try listener.close()
            for acceptor in acceptors { #expect(acceptor.failure()?.code == .closed) }
            #expect(served.withLock { $0 } == 10)
        }
    }

    @Test(arguments: Backends.distinctKernel(.computingTime)) func `a network is closed under everybody`(
        backend: TestBackend
    ) throws {
        let spawner = try backend.network()
        for _ in 0..<60 {
            let network = try backend.network()
            let threads = try (0..<3).map { _ in
                try Aside(spawner) { () throws(SocketError) in
                    while true {
                        let (a, b) = try network.socketPair()
                        try a.sendAll("x")
                        _ = try b.receive(1)
                        _ = try network.poll([PollRequest(a, .readable)], deadline: .immediate)
                    }
                }
            }
            Process.pause()
            try network.close()
            for thread in threads { #expect(thread.failure()?.code == .closed) }
        }
    }

    @Test(arguments: Backends.distinct) func `a large transfer both ways through tiny buffers`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (client, server) = try network.tcpPair()
        for socket in [client, server] {
            try socket.set(.socket.sendBufferSize, 16_384)
            try socket.set(.socket.receiveBufferSize, 16_384)
        }
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 13 >> 5) }
        let echo = try Aside(network) { () throws(SocketError) in
            while let chunk = try server.receive(777, deadline: .net) { try server.sendAll(chunk, deadline: .net) }
            try server.close()
        }
        let sender = try Aside(network) { () throws(SocketError) in
            try client.sendAll(bytes, deadline: .net)
            try client.shutdown(.send)
        }
        var received: [UInt8] = []
        while let chunk = try client.receive(1000, deadline: .net) { received += chunk }
        #expect(received == bytes)
        #expect(sender.failure() == nil)
        #expect(echo.failure() == nil)
    }
}
