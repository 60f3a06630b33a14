import Sockets
import TestSupport
import Testing

/// The kernel tells a reactor of each change once. What has been told and not been fetched, or fetched and not been told, must not be lost:
/// everything here would wait for ever otherwise, until the safety net ends it.
@Suite struct `Changes that are told once` {
    /// What comes to a receiver between two of its receives.
    enum Step: CaseIterable, Sendable {
        case bytes, urgent, settle, end, reset
    }

    /// The bytes of the stream until its end; nil when it ended with a reset.
    private static func drain(_ socket: Socket, _ maximum: Int) async throws -> (bytes: [UInt8], isReset: Bool) {
        var bytes: [UInt8] = []
        do throws(SocketError) {
            while let chunk = try await socket.receive(maximum) { bytes += chunk }
            return (bytes, false)
        } catch {
            #expect(error.code == .connectionReset)
            return (bytes, true)
        }
    }

    static let endings: [(steps: [Step], bytes: String)] = [
        ([.bytes, .end], "abc"), ([.bytes, .settle, .end], "abc"), ([.end], ""), ([.settle, .end], ""),
        ([.bytes, .bytes, .settle, .bytes, .end], "abcabcabc"), ([.settle, .bytes, .end], "abc"),
        ([.bytes, .urgent, .bytes, .end], "abcabc"), ([.urgent, .bytes, .settle, .end], "abc"),
        ([.bytes, .urgent, .settle, .bytes, .end], "abcabc"), ([.bytes, .urgent, .end], "abc"),
        ([.urgent, .settle, .bytes, .end], "abc"), ([.bytes, .settle, .urgent, .end], "abc"),
    ]

    /// One byte at a time, a few, and as much as there is: each leaves another rest behind.
    static let sizes = [1, 2, 7, 65_536]

    private static func take(_ steps: [Step], _ peer: Socket) async throws {
        for step in steps {
            switch step {
            case .bytes: try peer.push("abc")
            case .urgent: try peer.push("!", flags: .outOfBand)
            case .settle: await settle()
            case .end: try peer.shutdown(.send)
            case .reset: try peer.reset()
            }
        }
    }

    @Test(arguments: Backends.kernel(.urgentData), sizes)
    func `bytes, urgent bytes and the end are seen, however they come together`(
        backend: TestBackend, maximum: Int
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for (steps, bytes) in Self.endings {
                    for waitsBefore in [false, true] {
                        let (peer, socket) = try await network.tcpPair()
                        if waitsBefore {
                            // The socket has waited before: from now on changes are told.
                            async let first = socket.receive(1)
                            await settle()
                            try peer.push("x")
                            _ = try await first
                        }
                        async let received = Self.drain(socket, maximum)
                        if waitsBefore { await settle() }
                        try await Self.take(steps, peer)
                        let found = try await received
                        #expect(String(decoding: found.bytes, as: UTF8.self) == bytes, "\(steps)")
                        #expect(!found.isReset, "\(steps)")
                    }
                }
            }
        }
    }

    @Test(arguments: Backends.all, sizes)
    func `a reset is seen after the bytes before it, or in place of them`(
        backend: TestBackend, maximum: Int
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for steps in [
                    [Step.reset], [.bytes, .reset], [.bytes, .settle, .reset], [.settle, .bytes, .settle, .reset],
                ] {
                    let (peer, socket) = try await network.tcpPair()
                    async let received = Self.drain(socket, maximum)
                    try await Self.take(steps, peer)
                    let found = try await received
                    #expect(found.isReset, "\(steps)")
                    #expect([[], Array("abc".utf8)].contains(found.bytes), "\(steps)")
                }
            }
        }
    }

    @Test(arguments: Backends.kernel(.urgentData))
    func `an urgent byte that was taken before it was told of still marks its place`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for takesAside in [false, true] {
                    let (peer, socket) = try await network.tcpPair()
                    async let first = socket.receive(1)
                    await settle()
                    try peer.push("x")
                    _ = try await first
                    try peer.push("abc")
                    try peer.push("!", flags: .outOfBand)
                    try peer.push("def")
                    let urgent =
                        takesAside
                        ? try socket.pull(1, flags: .outOfBand) : try await socket.receive(1, flags: .outOfBand)
                    #expect(urgent == "!")
                    // The change is told of now, and the urgent byte is not among it any more; each receive ends at its mark.
                    await settle()
                    let parts = [try await socket.receive(), try await socket.receive()]
                    #expect(parts == ["abc", "def"])
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `one half may end while the other goes on`(backend: TestBackend) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (client, server) = try await network.tcpPair()
                async let atServer = Self.drain(server, 100)
                await settle()
                try client.push("question")
                try client.shutdown(.send)
                #expect(try await atServer.bytes == Array("question".utf8))
                async let atClient = Self.drain(client, 100)
                await settle()
                for _ in 0..<3 {
                    try server.push("answer ")
                    await settle()
                }
                try server.shutdown(.send)
                #expect(try await String(decoding: atClient.bytes, as: UTF8.self) == "answer answer answer ")
            }
        }
    }

    @Test(arguments: Backends.all) func `a receiver's own shutdown ends its receive`(backend: TestBackend) async throws
    {
        try await backend.run { network in
            try await network.onExecutor {
                let (peer, socket) = try await network.tcpPair()
                for waits in [true, false] {
                    async let received = socket.receive()
                    if waits { await settle() }
                    try socket.shutdown(.receive)
                    #expect(try await received == nil)
                }
                keep(peer)
            }
        }
    }

    @Test(arguments: Backends.all) func `what a receive leaves behind comes with the next, without a change`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for (a, b) in [try await network.tcpPair(), try network.socketPair()] {
                    async let first = b.receive(2)
                    await settle()
                    try a.push("abcdefg")
                    var parts = [try await first]
                    await settle()
                    for size in [2, 2, 65_536] { parts.append(try await b.receive(size)) }
                    #expect(parts == ["ab", "cd", "ef", "g"])
                    var memory = [UInt8](repeating: 0, count: 4)
                    async let next = b.receive(2)
                    await settle()
                    try a.push("hijklm")
                    #expect(try await next == "hi")
                    let count = try await b.receive(into: &memory)
                    #expect(count == 4)
                    #expect(memory == Array("jklm".utf8))
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `a peek leaves the bytes, and those who wait for them waiting no longer`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                for (a, b) in [try await network.tcpPair(), try network.socketPair()] {
                    async let peeked = b.receive(10, flags: .peek)
                    await settle()
                    async let received = b.receive(10)
                    await settle()
                    try a.push("abc")
                    #expect(try await peeked == "abc")
                    #expect(try await received == "abc")
                    try a.push("de")
                    await settle()
                    for _ in 0..<3 {
                        let chunk = try await b.receive(1, flags: .peek)
                        #expect(chunk == "d")
                    }
                    let last = try await b.receive()
                    #expect(last == "de")
                    async let next = b.receive()
                    await settle()
                    try a.push("f")
                    #expect(try await next == "f")
                }
            }
        }
    }

    @Test(arguments: Backends.all) func `empty datagrams are messages, and none is lost among others`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                let (a, b) = try network.udpPair()
                let address = try b.localAddress()
                try await a.connect(to: address)
                let texts = ["", "x", "", "", "longer", ""]
                for waits in [true, false] {
                    async let first = b.receive(100)
                    if waits { await settle() }
                    for text in texts { try a.push(text) }
                    var received = [try await first]
                    await settle()
                    for _ in 1..<texts.count { received.append(try await b.receive(3)) }
                    #expect(received.map { $0?.description } == ["", "x", "", "", "lon", ""])
                }
            }
        }
    }

    /// All orders of what may come, with receives of all sizes in between; the seed finds the failing one again.
    @Test(arguments: Backends.kernel(.urgentData), 0..<8 as Range<UInt64>)
    func `random scripts end with all their bytes`(backend: TestBackend, seed: UInt64) async throws {
        try await backend.run { network in
            try await network.onExecutor {
                var random = SeededGenerator(seed: seed)
                for round in 0..<60 {
                    let isTCP = random.next() % 4 != 0
                    let (peer, socket) = isTCP ? try await network.tcpPair() : try network.socketPair()
                    let sizes = (0..<4).map { _ in Self.sizes.randomElement(using: &random) ?? 1 }
                    let pauses = (0..<4).map { _ in Bool.random(using: &random) }
                    async let received = Self.drain(socket, sizes, pauses)
                    var expected: [UInt8] = []
                    for _ in 0..<Int.random(in: 0...12, using: &random) {
                        switch random.next() % 4 {
                        case 0: await settle()
                        case 1 where isTCP:
                            // The stream has this byte beside it, and an earlier one, if that was not taken, in its place.
                            try peer.push("!", flags: .outOfBand)
                            await settle()
                        default:
                            let bytes = random.bytes(Int.random(in: 1...9, using: &random)).map { $0 | 0x80 }
                            expected += bytes
                            try peer.push(bytes)
                        }
                    }
                    try peer.shutdown(.send)
                    let found = try await received.filter { $0 & 0x80 != 0 }
                    #expect(found == expected, "seed \(seed), round \(round)")
                }
            }
        }
    }

    private static func drain(_ socket: Socket, _ sizes: [Int], _ pauses: [Bool]) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for index in 0... {
            if pauses[index % pauses.count] { await settle() }
            guard let chunk = try await socket.receive(sizes[index % sizes.count]) else { break }
            bytes += chunk
        }
        return bytes
    }
}
