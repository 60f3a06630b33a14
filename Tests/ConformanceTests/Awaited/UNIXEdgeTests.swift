import Sockets
import TestSupport
import Testing

/// UNIX streams keep their messages apart where control messages go with them: receives end there although more is there.
@Suite struct `Borders in a UNIX stream` {
    @Test(arguments: Backends.all) func `receives end at descriptors, and what is behind them comes without a change`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for waits in [true, false] {
                    let (a, b) = try network.socketPair()
                    let (passed, other) = try network.socketPair()
                    async let first = b.receive()
                    if waits { await settle() }
                    try a.push("ab")
                    try a.pushMessage("cd", .rights([passed.descriptor()]))
                    try a.push("ef")
                    try a.pushMessage("g", .rights([passed.descriptor(), passed.descriptor()]))
                    try a.push("hi")
                    var bytes = Array(try #require(await first))
                    await settle()
                    // Plain receives take the bytes, and the system closes the descriptors.
                    while bytes.count < 9 { bytes += try #require(await b.receive()) }
                    #expect(bytes == Array("abcdefghi".utf8))
                    async let next = b.receive()
                    await settle()
                    try a.push("x")
                    #expect(try await next == "x")
                    keep(other)
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `messages with descriptors arrive whole between others`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try network.socketPair()
                let (passed, other) = try network.socketPair()
                async let received = Self.messages(b, until: 8)
                await settle()
                for round in 0..<2 {
                    try a.push("ab")
                    try a.pushMessage("cd", .rights([passed.descriptor()]))
                    if round == 0 { await settle() }
                    try a.push("ef")
                    await settle()
                    try a.pushMessage("gh", .rights([passed.descriptor()]))
                }
                try a.shutdown(.send)
                let (bytes, descriptors) = try await received
                #expect(bytes == Array("abcdefghabcdefgh".utf8))
                #expect(descriptors == 4)
                keep(other)
            }
        }
    }

    private static func messages(_ socket: Socket, until count: Int) async throws -> (bytes: [UInt8], descriptors: Int)
    {
        var (bytes, descriptors): ([UInt8], Int) = ([], 0)
        while let message = try await socket.receiveMessage(
            100, controlCapacity: ControlMessage.capacity(for: [.rights(4)]))
        {
            bytes += message.bytes
            descriptors += message.descriptors.count
        }
        return (bytes, descriptors)
    }

    @Test(arguments: Backends.all) func `receives that do not want credentials pass their borders`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try network.socketPair()
                try b.set(.socket.passCredentials, true)
                async let first = b.receive()
                await settle()
                for piece in ["ab", "cd", "ef"] { try a.push(piece) }
                var bytes = Array(try #require(await first))
                await settle()
                while bytes.count < 6 { bytes += try #require(await b.receive(4)) }
                #expect(bytes == Array("abcdef".utf8))
                let room = ControlMessage.capacity(for: [.credentials])
                async let message = b.receiveMessage(100, controlCapacity: room)
                await settle()
                try a.push("gh")
                let control = try await message?.control
                guard case .credentials? = control?.first else {
                    Issue.record("no credentials in \(String(describing: control))")
                    return
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `records of a sequence stay apart, empty ones too`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try network.socketPair(.unix, .sequencedPacket)
                async let first = b.receive()
                await settle()
                for record in ["abc", "d", "", "ef"] { try a.push(record) }
                try a.shutdown(.send)
                var records = [try await first]
                await settle()
                for _ in 0..<4 { records.append(try await b.receive(2)) }
                #expect(records.map { $0?.description } == ["abc", "d", "", "ef", nil])
            }
        }
    }
}

extension Socket {
    fileprivate func pushMessage(_ bytes: some ByteSource, _ control: ControlMessage) throws(SocketError) {
        _ = try sendMessage([bytes], control: [control], deadline: .immediate)
    }
}
