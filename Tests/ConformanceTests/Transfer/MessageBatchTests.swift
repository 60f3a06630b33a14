import Sockets
import TestSupport
import Testing

@Suite struct `Batches in memory that is used again` {
    @Test(arguments: Backends.all) func `messages are received, and go back to their senders`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let (server, target) = try network.boundUDP()
        let clients = [try network.udp(), try network.udp()]
        let senders: [SocketAddress?] = [try clients[0].localAddress(), try clients[1].localAddress()]
        for (client, text) in zip(clients, ["from the first", "2"]) { try client.send(text, to: target) }
        var batch = try MessageBatch(8, of: 64)
        var count = 0
        while count < 2 {
            let received = try #require(try server.receiveBatch(into: &batch, deadline: .net))
            #expect(received == batch.count)
            count += received
            #expect(batch.allSatisfy { senders.contains($0.sender) })
            #expect(try server.sendBatch(batch) == received)
        }
        #expect(try clients[0].receiveFrom(64, deadline: .net)?.bytes == "from the first")
        let answer = try #require(try clients[1].receiveFrom(64, deadline: .net))
        #expect(answer.bytes == "2")
        #expect(answer.sender == target)
    }

    @Test(arguments: Backends.all) func `what is kept of a batch outlives the next receive`(backend: TestBackend) throws
    {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        var batch = try MessageBatch(2, of: 8)
        _ = try a.send("first")
        #expect(try b.receiveBatch(into: &batch, deadline: .net) == 1)
        let (copy, bytes) = (batch, batch[0].bytes)
        _ = try a.send("second")
        #expect(try b.receiveBatch(into: &batch, deadline: .net) == 1)
        #expect(batch.map(\.bytes) == ["second"])
        #expect(copy.map(\.bytes) == ["first"])
        #expect(bytes == "first")
        #expect(try b.sendBatch(copy) == 1)
        #expect(try a.receive(8, deadline: .net) == "first")
    }

    @Test(arguments: Backends.all) func `memory that nobody keeps is used again`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        var batch = try MessageBatch(2, of: 8)
        var places: Set<UInt> = []
        for _ in 0..<20 {
            _ = try a.send("x")
            #expect(try b.receiveBatch(into: &batch, deadline: .net) == 1)
            unsafe places.insert(batch[0].bytes.withBytes { UInt(bitPattern: $0.baseAddress) })
        }
        #expect(places.count == 1)
    }

    @Test(arguments: Backends.all) func `a batch goes to one address, from a message on`(backend: TestBackend) throws {
        let network = try backend.network()
        let (from, via) = try network.udpPair()
        let (last, target) = try network.boundUDP()
        let address = try via.localAddress()
        for text in ["a", "b", "c"] { try from.send(text, to: address) }
        var texts: [String] = []
        var batch = try MessageBatch(8, of: 8)
        while texts.count < 3 {
            _ = try via.receiveBatch(into: &batch, deadline: .net)
            for index in batch.indices {
                #expect(try via.sendBatch(batch, from: index, to: target) == batch.count - index)
                for _ in index..<batch.count {
                    let text = try #require(try last.receive(8, deadline: .net)).description
                    if index == 0 { texts.append(text) }
                }
            }
            #expect(try via.sendBatch(batch, from: batch.count, to: target) == 0)
        }
        #expect(texts == ["a", "b", "c"])
        #expect(code { () throws(SocketError) in try last.receive(8, deadline: .immediate) } == .wouldBlock)
    }

    @Test(arguments: Backends.all) func `control messages and descriptors come with a batch, and stay behind`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair(.unix, .datagram)
        let (c, d) = try network.socketPair()
        #expect(
            try a.sendBatch([OutgoingMessage([1]), OutgoingMessage([2], control: [.rights([c.descriptor()])])]) == 2)
        try c.close()
        var batch = try MessageBatch(4, of: 4, controlCapacity: ControlMessage.capacity(for: [.rights(1)]))
        var owned: [OwnedDescriptor] = []
        while owned.isEmpty {
            _ = try b.receiveBatch(into: &batch, deadline: .net)
            owned = batch.flatMap(\.descriptors)
            #expect(batch.allSatisfy { $0.control.isEmpty })
        }
        #expect(owned.count == 1)
        #expect(try b.sendBatch(batch) == batch.count)
        owned = []
        _ = try a.send("x")
        #expect(try b.receiveBatch(into: &batch, deadline: .net) == 1)
        #expect(try d.receive(1, deadline: .net) == nil)
        var answers: [Message] = []
        while answers.last?.bytes != [2] {
            answers += try a.receiveBatch(4, of: 4, controlCapacity: 64, deadline: .net)
        }
        #expect(answers.allSatisfy { $0.descriptors.isEmpty })
    }

    @Test(arguments: Backends.all) func `a message that does not fit is cut, and told`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        var batch = try MessageBatch(1, of: 2)
        _ = try a.send("abc")
        #expect(try b.receiveBatch(into: &batch, flags: .truncated, deadline: .net) == 1)
        #expect(batch[0].bytes == "ab")
        #expect(batch[0].isTruncated)
        #expect(batch[0].fullLength == 3)
    }

    @Test(arguments: Backends.all) func `the end of a stream is nil, and an error leaves nothing`(backend: TestBackend)
        throws
    {
        let (a, b) = try backend.network().socketPair()
        var batch = try MessageBatch(4, of: 4)
        _ = try a.send("abc")
        #expect(try b.receiveBatch(into: &batch, deadline: .net) == 1)
        #expect(batch.first?.bytes == "abc")
        let early = { () throws(SocketError) in try b.receiveBatch(into: &batch, deadline: .immediate) }
        #expect(code(early) == .wouldBlock)
        #expect(batch.isEmpty)
        try a.close()
        #expect(try b.receiveBatch(into: &batch, deadline: .net) == nil)
        #expect(batch.isEmpty)
    }

    @Test(arguments: Backends.all) func `a batch of nothing sends nothing, to whomever`(backend: TestBackend) throws {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        try b.close()
        #expect(try a.sendBatch([OutgoingMessage]()) == 0)
        #expect(try a.sendBatch(MessageBatch(1, of: 1)) == 0)
    }

    @Test(arguments: Backends.all) func `what is out of bounds is refused`(backend: TestBackend) throws {
        for (capacity, maximum) in [(0, 1), (-1, 1), (1025, 1), (1, -1), (1, .max), (1024, 1 << 21)] {
            #expect(
                code { () throws(SocketError) in try MessageBatch(capacity, of: maximum) } == .invalidArgument)
        }
        let socket = try backend.network().udp()
        for first in [-1, 1, .max] {
            let batch = try MessageBatch(1, of: 1)
            #expect(code { () throws(SocketError) in try socket.sendBatch(batch, from: first) } == .invalidArgument)
        }
        for capacity in [-1, 1 << 21] {
            var batch = try MessageBatch(1, of: 1, controlCapacity: capacity)
            let receive = { () throws(SocketError) in try socket.receiveBatch(into: &batch, deadline: .net) }
            #expect(code(receive) == .invalidArgument)
        }
    }

    @Test(arguments: Backends.kernel(.accountsOfTheProcess))
    func `messages of a large batch are not kept by one another`(backend: TestBackend)
        throws
    {
        let (a, b) = try backend.network().socketPair(.unix, .datagram)
        // Other tests allocate at the same time: once it has to be seen that little was kept.
        for _ in 0..<100 {
            _ = try a.send("x")
            let before = Process.heapBytes
            let messages = try b.receiveBatch(512, of: 65_536, deadline: .net)
            let kept = Process.heapBytes - before
            #expect(messages.map(\.bytes) == ["x"])
            keep(messages)
            if kept < 16 << 20 { return }
        }
        Issue.record("a message of one byte keeps the memory of the whole batch")
    }
}

@Suite(.timeLimit(.minutes(10))) struct `Awaited batches and datagrams` {
    @Test(arguments: Setting.all) func `a batch waits, and goes back`(setting: Setting) async throws {
        try await setting.backend.run { network in
            try await setting.place.run(network) { () async throws in
                let (server, target) = try network.boundUDP()
                let client = try network.udp()
                async let served: Void = {
                    var batch = try MessageBatch(4, of: 64)
                    var count = 0
                    while count < 10 {
                        count += try await server.receiveBatch(into: &batch, deadline: .net) ?? 0
                        _ = try await server.sendBatch(batch)
                    }
                }()
                for number in 0..<10 {
                    #expect(try await client.send("number \(number)", to: target) == 8)
                    let answer = try #require(try await client.receiveFrom(64, deadline: .net))
                    #expect(answer.bytes.description == "number \(number)")
                    #expect(answer.sender == target)
                }
                try await served
            }
        }
    }

    @Test(arguments: Setting.all) func `a cancelled batch has lost nothing`(setting: Setting) async throws {
        try await setting.backend.run { network in
            try await setting.place.run(network) { () async throws in
                let (server, target) = try network.boundUDP()
                let task = Task {
                    var batch = try MessageBatch(4, of: 64)
                    return try await server.receiveBatch(into: &batch)
                }
                task.cancel()
                #expect(await failure { _ = try await task.value }?.code == .cancelled)
                #expect(try await network.udp().send("x", to: target) == 1)
                var batch = try MessageBatch(4, of: 64)
                #expect(try await server.receiveBatch(into: &batch, deadline: .net) == 1)
                #expect(batch.first?.bytes == "x")
            }
        }
    }

    @Test(arguments: Setting.all) func `datagrams come one by one, those that are there and those that come`(
        setting: Setting
    ) async throws {
        try await setting.backend.run { network in
            try await setting.place.run(network) { () async throws in
                let (server, target) = try network.boundUDP()
                let client = try network.udp()
                let sender = try client.localAddress()
                // The first awaited call of each socket goes another way than the next.
                for round in 0..<3 {
                    #expect(try await client.send("", to: target) == 0)
                    #expect(try await client.send("there \(round)", to: target) == 7)
                    let empty = try #require(try await server.receiveFrom(64))
                    #expect(empty.bytes.isEmpty && empty.sender == sender)
                    let there = try #require(try await server.receiveFrom(4))
                    #expect(there.bytes == "ther" && there.sender == sender)
                    async let coming = server.receiveFrom(64)
                    await settle()
                    #expect(try await client.send("coming \(round)", to: target) == 8)
                    let came = try #require(try await coming)
                    #expect(came.bytes.description == "coming \(round)" && came.sender == sender)
                }
            }
        }
    }

    @Test(arguments: Setting.all) func `what cannot be sent names the address, what is cancelled or closed says so`(
        setting: Setting
    ) async throws {
        try await setting.backend.run { network in
            try await setting.place.run(network) { () async throws in
                let (server, target) = try network.boundUDP()
                let client = try network.udp()
                #expect(try await client.send("x", to: target) == 1)
                _ = try await server.receiveFrom(64, deadline: .net)
                let long = [UInt8](repeating: 0, count: 70_000)
                let error = await failure { try await client.send(long, to: target) }
                #expect(error?.code == .messageTooLong)
                #expect(error?.subject == .address(target))
                let late = Task {
                    unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                    let receiving = await failure { _ = try await server.receiveFrom(64) }
                    let sending = await failure { try await client.send("x", to: target) }
                    return [receiving?.code, sending?.code]
                }
                #expect(await late.value == [.cancelled, .cancelled])
                let waiting = Task { _ = try await server.receiveFrom(64) }
                await settle()
                waiting.cancel()
                #expect(await failure { try await waiting.value }?.code == .cancelled)
                try await client.close()
                #expect(await failure { try await client.send("x", to: target) }?.code == .closed)
            }
        }
    }
}

extension Network {
    /// A datagram socket bound to loopback, and its address.
    fileprivate func boundUDP() throws(SocketError) -> (Socket, SocketAddress) {
        let socket = try udp()
        return (socket, try socket.localAddress())
    }
}
