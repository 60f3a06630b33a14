import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `Awaited streams` {
    @Test(arguments: Setting.all) func `connect, accept, and bytes both ways`(setting: Setting) async throws {
        try await setting.backend.run { network in
            try await setting.place.run(network) { () async throws in
                let listener = try network.listen(at: .loopback4)
                let address = try listener.localAddress()
                let client = try network.socket(.ipv4)
                async let accepted = listener.accept(deadline: .net)
                try await client.connect(to: address)
                let server = try await accepted.connection
                #expect(try await client.send("Hello, world") == 12)
                #expect(try await server.receive(1024)?.description == "Hello, world")
                try await server.sendAll("back")
                #expect(try await client.receiveExactly(4).description == "back")
                #expect(
                    await ending { () async throws(SocketError) in try await client.connect(to: address) }
                        == .alreadyConnected)
                #expect(try await client.connectResult(to: address) == .socketIsConnected)
            }
        }
    }

    @Test(arguments: Setting.all) func `hosts by name and number`(setting: Setting) async throws {
        try await setting.backend.run { network in
            try await setting.place.run(network) { () async throws in
                let listener = try network.socket(.ipv4)
                try await listener.bind(to: "localhost", port: 0)
                try listener.listen()
                guard case .ipv4(_, let port) = try listener.localAddress() else { throw SocketError(.other, .bind) }
                for host in ["127.0.0.1", "localhost"] {
                    try await network.socket(.ipv4).connect(to: host, port: Int(port))
                    #expect(try await network.socket(.ipv4).connectResult(to: host, port: Int(port)) == nil)
                }
                let vacant = try network.vacantAddress()
                #expect(try await network.socket(.ipv4).connectResult(to: vacant) == .connectionRefused)
                let refused = await ending { () async throws(SocketError) in
                    try await network.socket(.ipv4).connect(to: vacant)
                }
                #expect(refused == .connectionRefused)
                let socket = try network.socket(.ipv4)
                #expect(
                    await ending { () async throws(SocketError) in try await socket.connect(to: "x", port: 70_000) }
                        == .invalidArgument)
            }
        }
    }

    @Test(arguments: Setting.all) func `a connect is awaited until it is decided`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let directory = TemporaryDirectory()
            let address = directory.address()
            let listener = try network.listen(at: address, backlog: 1)
            var waiting: [Socket] = []
            while true {
                let next = try network.socket(.unix)
                guard try await next.connectResult(to: address, deadline: .immediate) == nil else { break }
                waiting.append(next)
            }
            let late = try network.socket(.unix)
            let pending = try Pending(setting, network) { () async throws(SocketError) in
                try await late.connect(to: address)
            }
            await pending.suspend()
            for _ in waiting { _ = try await listener.accept(deadline: .net) }
            #expect(await pending.code == nil)
            try await late.sendAll("x")
        }
    }

    @Test(arguments: Setting.all) func `a send with no deadline takes all, one with a deadline what goes`(
        setting: Setting
    ) async throws {
        try await setting.backend.run { network in
            let bytes = pattern(1_000_000)
            for (name, send) in Self.sends {
                let (a, b) = try network.socketPair()
                let reader = try Pending(setting, network) { () async throws(SocketError) in try await readSlowly(b) }
                try await setting.place.run(network) { () async throws in
                    #expect(try await send(a, bytes, nil) == bytes.count, "\(name)")
                    try await a.close()
                }
                #expect(try await reader.outcome.get() == bytes, "\(name)")
                let (c, d) = try network.socketPair()
                let part = try await setting.place.run(network) { try await send(c, bytes, .net) }
                #expect(part > 0 && part < bytes.count, "\(name)")
                #expect(try await d.receiveExactly(part).array == Array(bytes.prefix(part)), "\(name)")
            }
        }
    }

    private typealias Send = @Sendable (Socket, [UInt8], Deadline?) async throws(SocketError) -> Int

    private static let sends: [(String, Send)] = [
        ("send", { a, bytes, deadline async throws(SocketError) in try await a.send(bytes, deadline: deadline) }),
        (
            "one piece",
            { a, bytes, deadline async throws(SocketError) in try await a.sendMessage([bytes], deadline: deadline) }
        ),
        (
            "pieces",
            { a, bytes, deadline async throws(SocketError) in
                let pieces = stride(from: 0, to: bytes.count, by: 70_001).map {
                    bytes[$0..<min($0 + 70_001, bytes.count)]
                }
                return try await a.sendMessage(pieces, deadline: deadline)
            }
        ),
    ]

    @Test(arguments: Setting.all) func `sendAll and sendFile reach a slow reader whole`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try await network.tcpPair()
            let (bytes, directory) = (pattern(2_000_000), TemporaryDirectory())
            let file = directory.file(bytes)
            defer { Process.close(file) }
            let reader = try Pending(setting, network) { () async throws(SocketError) in try await readSlowly(b) }
            try await setting.place.run(network) { () async throws in
                try await a.sendAll(bytes)
                #expect(try await a.sendFile(file) == bytes.count)
                #expect(try await a.sendFile(file, offset: 10, count: 5) == 5)
                #expect(try await a.sendFile(file, count: 0) == 0)
                try a.shutdown(.send)
            }
            #expect(try await reader.outcome.get() == bytes + bytes + bytes[10..<15])
        }
    }

    @Test(arguments: Setting.all) func `a cancelled send says how much was taken`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let bytes = pattern(1_000_000)
            let (a, b) = try network.socketPair()
            let sender = try Pending(setting, network) { () async throws(SocketError) in try await a.send(bytes) }
            await sender.suspend()
            sender.cancel()
            if case .success(let count) = await sender.outcome {
                #expect(count > 0 && count < bytes.count)
                #expect(try await b.receiveExactly(count).array == Array(bytes.prefix(count)))
            } else {
                #expect(await sender.code == .cancelled)
            }
            #expect(
                await ending { () async throws(SocketError) in try await b.receive(deadline: .immediate) }
                    == .wouldBlock)
            let all = try Pending(setting, network) { () async throws(SocketError) in try await a.sendAll(bytes) }
            await all.suspend()
            all.cancel()
            #expect(await all.code == .cancelled)
        }
    }

    @Test(arguments: Setting.all) func `all memory is filled if asked to, unless the stream ends`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let writer = try Pending(setting, network) { () async throws(SocketError) in
                for _ in 0..<15 {
                    try await a.sendAll("ab")
                    await Task.yield()
                }
                try await a.close()
            }
            try await setting.place.run(network) { () async throws in
                var (array, arrays) = ([UInt8](repeating: 0, count: 6), [[UInt8]](repeating: [0, 0, 0], count: 2))
                let all: MessageFlags = .waitForAll
                #expect(try await b.receive(6, flags: all)?.description == "ababab")
                #expect(try await b.receive(into: &array, flags: all) == 6)
                #expect(try await b.receiveFrom(6, flags: all)?.bytes.description == "ababab")
                #expect(try await b.receiveMessage(into: &arrays, flags: all)?.count == 6)
                #expect(arrays == [Array("aba".utf8), Array("bab".utf8)])
                #expect(try await b.receiveMessage(100, flags: all)?.bytes.description == "ababab")
                #expect(try await b.receive(6, flags: all) == nil)
            }
            #expect(await writer.code == nil)
        }
    }

    @Test(arguments: Setting.all) func `nil means the end of the stream, again and again`(setting: Setting) async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try await network.tcpPair()
            try await a.sendAll("x")
            try await a.close()
            try await setting.place.run(network) { () async throws in
                var (memory, arrays) = ([UInt8](repeating: 0, count: 3), [[0 as UInt8]])
                #expect(try await b.receive(9)?.count == 1)
                for _ in 0..<2 {
                    #expect(try await b.receive(9) == nil)
                    #expect(try await b.receive(100_000) == nil)
                    #expect(try await b.receive(into: &memory) == nil)
                    #expect(try await b.receiveFrom(9) == nil)
                    #expect(try await b.receiveFrom(into: &memory) == nil)
                    #expect(try await b.receiveMessage(9) == nil)
                    #expect(try await b.receiveMessage(into: &arrays) == nil)
                    #expect(try await b.receiveBatch(3, of: 9).isEmpty)
                }
            }
        }
    }

    @Test(arguments: Setting.all) func `no bytes asked for are an empty chunk at once`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try await network.tcpPair()
            defer { keep(b) }
            try await setting.place.run(network) { () async throws in
                var none: [UInt8] = []
                #expect(try await a.receive(0) == Chunk())
                #expect(try await a.receive(into: &none) == 0)
                #expect(try await a.receiveExactly(0) == Chunk())
            }
        }
    }

    @Test(arguments: Setting.all) func `received bytes go into the caller's memory and no further`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let writer = try Pending(setting, network) { () async throws(SocketError) in
                for text in ["abc", "def"] {
                    try await a.sendAll(text)
                    _ = try await a.receive()
                }
            }
            try await setting.place.run(network) { () async throws in
                var memory = [UInt8](repeating: 9, count: 5)
                let copy = memory
                #expect(try await b.receive(into: &memory) == 3)
                #expect(memory == Array("abc".utf8) + [9, 9])
                #expect(copy == [9, 9, 9, 9, 9])
                try await b.sendAll("!")
                var span = memory.mutableSpan
                var bytes = unsafe span.mutableBytes
                #expect(try await b.receive(into: &bytes) == 3)
                #expect(memory == Array("def".utf8) + [9, 9])
                try await b.sendAll("!")
            }
            #expect(await writer.code == nil)
        }
    }

    @Test(arguments: Setting.all) func `a reader and a writer share a socket`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try await network.tcpPair()
            let bytes = pattern(500_000)
            let echo = try Pending(setting, network) { () async throws(SocketError) in
                while let chunk = try await b.receive() { try await b.sendAll(chunk) }
                try b.shutdown(.send)
            }
            let writer = try Pending(setting, network) { () async throws(SocketError) in
                for start in stride(from: 0, to: bytes.count, by: 10_000) {
                    try await a.sendAll(bytes[start..<start + 10_000])
                }
                try a.shutdown(.send)
            }
            let found = try await setting.place.run(network) { try await readSlowly(a) }
            #expect(found == bytes)
            #expect(await writer.code == nil)
            #expect(await echo.code == nil)
        }
    }

    @Test(arguments: Setting.all) func `shutting down ends a pending receive, and sends`(setting: Setting) async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try await network.tcpPair()
            let readers = try [a, b].map { socket in
                try Pending(setting, network) { () async throws(SocketError) in try await socket.receive() }
            }
            await readers[0].suspend()
            try a.shutdown()
            for reader in readers { #expect(try await reader.outcome.get() == nil) }
            #expect(await ending { () async throws(SocketError) in try await a.send("x") } == .brokenPipe)
        }
    }

    @Test(arguments: Setting.all) func `bytes that TCP throws away show nothing of other memory`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try await network.tcpPair()
            try await setting.place.run(network) { () async throws in
                try await a.sendAll("secret")
                #expect(try await b.receiveExactly(6).count == 6)
                try await a.sendAll("others")
                #expect(try await b.receive(6, flags: .truncated)?.array == [0, 0, 0, 0, 0, 0])
                try await a.sendAll("others")
                #expect(try await b.receiveMessage(6, flags: .truncated)?.bytes.array == [0, 0, 0, 0, 0, 0])
            }
        }
    }

    @Test(arguments: Setting.all) func `sizes out of bounds are refused`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            defer { keep(b) }
            let arrays = [[UInt8]](repeating: [], count: 1025)
            for code in [
                await ending { () async throws(SocketError) in try await a.receive(-1) },
                await ending { () async throws(SocketError) in try await a.receive(.max) },
                await ending { () async throws(SocketError) in try await a.receiveExactly(-1) },
                await ending { () async throws(SocketError) in try await a.receiveFrom(-1) },
                await ending { () async throws(SocketError) in try await a.receiveMessage(-1) },
                await ending { () async throws(SocketError) in try await a.receiveMessage(1, controlCapacity: -1) },
                await ending { () async throws(SocketError) in try await a.receiveBatch(0, of: 1) },
                await ending { () async throws(SocketError) in try await a.receiveBatch(1025, of: 1) },
                await ending { () async throws(SocketError) in try await a.receiveBatch(1024, of: 1 << 30) },
                await ending { () async throws(SocketError) in try await a.sendMessage(arrays) },
                await ending { () async throws(SocketError) in
                    var arrays = arrays
                    _ = try await a.receiveMessage(into: &arrays)
                },
                await ending { () async throws(SocketError) in try await a.sendFile(0, offset: -1, count: 1) },
            ] { #expect(code == .invalidArgument) }
        }
    }
}

@Suite(.serialized, .timeLimit(.minutes(10))) struct `Awaited datagrams and messages` {
    @Test(arguments: Setting.all) func `datagrams come with their sender`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.udpPair()
            let (from, to) = (try a.localAddress(), try b.localAddress())
            guard case .ipv4(_, let port) = to else { throw SocketError(.other, .bind) }
            let reader = try Pending(setting, network) { () async throws(SocketError) in
                var array = [UInt8](repeating: 0, count: 9)
                let first = try await b.receiveFrom(9)
                let second = try await b.receiveFrom(into: &array)
                let third = try await b.receiveMessage(2)
                return (first?.bytes, first?.sender, second?.count, second?.sender, third)
            }
            await reader.suspend()
            try await setting.place.run(network) { () async throws in
                #expect(try await a.send("one", to: to) == 3)
                #expect(try await a.send("two", to: "127.0.0.1", port: Int(port)) == 3)
                #expect(try await a.sendMessage(["th", "ree"], to: to) == 5)
            }
            let found = try await reader.outcome.get()
            #expect(found.0?.description == "one" && found.1 == from)
            #expect(found.2 == 3 && found.3 == from)
            #expect(found.4?.bytes.description == "th" && found.4?.sender == from && found.4?.isTruncated == true)
        }
    }

    @Test(arguments: Setting.all) func `an empty datagram is an empty chunk`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair(.unix, .datagram)
            try await setting.place.run(network) { () async throws in
                for _ in 0..<2 {
                    #expect(try await a.send("") == 0)
                    try await a.sendAll("")
                    #expect(try await b.receive()?.isEmpty == true)
                    #expect(try await b.receiveMessage(5)?.bytes.isEmpty == true)
                }
            }
        }
    }

    @Test(arguments: Setting.all) func `a large datagram is not cut off`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair(.unix, .datagram)
            let bytes = pattern(100_000)
            try await setting.place.run(network) { () async throws in
                for _ in 0..<2 { #expect(try await a.send(bytes) == bytes.count) }
                #expect(try await b.receive(200_000)?.array == bytes)
                #expect(try await b.receiveMessage(200_000)?.bytes.array == bytes)
            }
        }
    }

    @Test(arguments: Setting.all) func `a batch goes and comes whole`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair(.unix, .datagram)
            let messages = (0..<1000).map { OutgoingMessage(Chunk("message \($0)")) }
            let reader = try Pending(setting, network) { () async throws(SocketError) in
                var texts: [String] = []
                while texts.count < messages.count {
                    texts += try await b.receiveBatch(7, of: 40, controlCapacity: 64).map(\.bytes.description)
                }
                return texts
            }
            try await setting.place.run(network) { () async throws in
                #expect(try await a.sendBatch(messages) == messages.count)
                #expect(try await a.sendBatch([]) == 0)
            }
            #expect(try await reader.outcome.get() == messages.map(\.bytes.description))
            let part = try await setting.place.run(network) { try await a.sendBatch(messages, deadline: .net) }
            #expect(part > 0 && part < messages.count)
        }
    }

    @Test(arguments: Setting.all) func `sockets can be handed over, once, however the bytes go`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let (c, d) = try network.socketPair()
            let bytes = pattern(1_000_000)
            let reader = try Pending(setting, network) { () async throws(SocketError) in
                var (descriptors, count): ([OwnedDescriptor], Int) = ([], 0)
                while count < bytes.count, let message = try await b.receiveMessage(30_000, controlCapacity: 64) {
                    descriptors += message.descriptors
                    count += message.bytes.count
                }
                return descriptors
            }
            try await setting.place.run(network) { () async throws in
                #expect(try await a.send(bytes, passing: [c]) == bytes.count)
                try await c.close()
            }
            let descriptors = try await reader.outcome.get()
            #expect(descriptors.count == 1)
            let number = try #require(descriptors.first?.take())
            let adopted = try network.adopt(descriptor: number)
            try await setting.place.run(network) { () async throws in
                try await adopted.sendAll("through")
                #expect(try await d.receive()?.description == "through")
            }
        }
    }

    @Test(arguments: Setting.all) func `sockets that cannot be handed over`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let closed = try network.socket(.ipv4)
            try await closed.close()
            let other = try setting.backend.network().socket(.ipv4)
            #expect(
                await ending { () async throws(SocketError) in try await a.send("x", passing: [b, closed]) } == .closed)
            #expect(
                await ending { () async throws(SocketError) in try await a.send("x", passing: [b, other]) }
                    == .invalidArgument)
            // Nobody is left inside: else this would never return.
            try await b.close()
        }
    }

    @Test(arguments: Setting.all) func `a message is scattered over many arrays`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair(.unix, .datagram)
            let reader = try Pending(setting, network) { () async throws(SocketError) in
                var arrays = [[UInt8]](repeating: [0, 0], count: 40) + [[]]
                let found = try await b.receiveMessage(into: &arrays)
                return (found?.count, arrays)
            }
            await reader.suspend()
            let bytes = pattern(79)
            let sent = try await setting.place.run(network) { try await a.sendMessage([bytes[..<50], bytes[50...]]) }
            #expect(sent == 79)
            let (count, arrays) = try await reader.outcome.get()
            #expect(count == 79)
            #expect(Array(arrays.joined()) == bytes + [0])
        }
    }
}
