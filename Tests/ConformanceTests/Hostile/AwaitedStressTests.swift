import Sockets
import TestSupport
import Testing

/// Tasks that are cancelled and sockets that are closed at random moments, under load: 100,000 in all, and fewer where a wrapper is all
/// that differs. In processes of their own, where descriptors, threads and memory can be counted; a failure's exit code is the line that
/// requires what did not hold.
@Suite(.serialized) struct `Awaited calls ended at random` {
    @Test(arguments: Setting.of(Backends.distinctKernel(.processes))) func `cancelling loses no byte`(setting: Setting)
        async
    {
        await #expect(processExitsWith: .success) { [setting] in
            try await StressChild(setting, seed: 1).withLoad { try await $0.cancelReceivers($0.count) }
        }
    }

    @Test(arguments: Setting.of(Backends.distinctKernel(.processes)))
    func `cancelling and closing leaves nothing behind`(setting: Setting) async {
        await #expect(processExitsWith: .success) { [setting] in
            try await StressChild(setting, seed: 2).withLoad { child in
                // The first run opens and allocates what stays.
                try await child.endCalls(child.count / 5)
                let before = Resources()
                var growths: [Int] = []
                for _ in 0..<5 {
                    let heap = Process.heapBytes
                    try await child.endCalls(child.count / 5)
                    growths.append(Process.heapBytes - heap)
                }
                await Resources.require(noMoreThan: before)
                // Tables and buffers grow once or twice and then no more; what is left behind by calls grows every time.
                Process.require(growths.contains { $0 < 20_000 }, "the heap grew by \(growths) bytes")
            }
        }
    }
}

/// What a process holds.
private struct Resources {
    let descriptors = Process.descriptorCount
    let threads = Process.threads(named: "sockets-")

    /// What other tasks of the process still give back is waited for, ten seconds at most.
    static func require(noMoreThan before: Resources) async {
        // A descriptor that stays each time would be thousands; the process's own test library may hold a few by then.
        let allowed = before.descriptors + 10
        for _ in 0..<1000 where Process.descriptorCount > allowed { try? await Task.sleep(for: .milliseconds(10)) }
        let now = Resources()
        Process.require(now.descriptors <= allowed, "\(before) became \(now)")
        Process.require(now.threads == before.threads, "\(before) became \(now)")
    }
}

struct StressChild: Sendable {
    private let setting: Setting
    private let seed: UInt64
    private let network: Network

    /// How many calls to end.
    let count: Int

    init(_ setting: Setting, seed: UInt64) throws {
        count = setting.backend == .posix ? 25_000 : 10_000
        self.setting = setting
        self.seed = seed
        network = try setting.backend.network(threads: 2)
    }

    /// Runs `body` beside an echo server and clients that compare what comes back, all the time.
    func withLoad(_ body: @Sendable (StressChild) async throws -> Void) async throws {
        let listener = try network.listen(at: .loopback4)
        let address = try listener.localAddress()
        let server = Task { try await listener.serve { try await echo($0) } }
        let clients = (0..<4).map { number in
            Task {
                let client = try await network.connect(to: address)
                var rounds = 0
                while !Task.isCancelled || rounds == 0 {
                    let bytes = pattern(500, seed: UInt64(number * 1_000_000 + rounds))
                    try await client.sendAll(bytes)
                    Process.require(try await client.receiveExactly(500) == Chunk(bytes), "an echo of something else")
                    rounds += 1
                    await Task.yield()
                }
            }
        }
        try await body(self)
        for client in clients {
            client.cancel()
            if case .failure(let error) = await client.result {
                Process.require((error as? SocketError)?.code == .cancelled, "\(error)")
            }
        }
        server.cancel()
        try await server.value
        try await network.close()
    }
}

// MARK: Cancelling receivers

extension StressChild {
    /// One receiver after the other of the same stream, each cancelled after a random while: together they get every byte, in order.
    func cancelReceivers(_ count: Int) async throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5 { try await cancelReceivers(count / 5, &generator) }
    }

    private func cancelReceivers(_ count: Int, _ generator: inout SeededGenerator) async throws {
        let (a, b) = Bool.random(using: &generator) ? try network.socketPair() : try await network.tcpPair()
        let sizes = (0..<4 * count).map { _ in Int.random(in: 1...40, using: &generator) }
        let bytes = pattern(sizes.reduce(0, +), seed: generator.next())
        let sender = try Pending(setting, network) { () async throws(SocketError) in
            var sent = 0
            for size in sizes {
                try await a.sendAll(bytes[sent..<sent + size])
                sent += size
                if size % 3 == 0 { await Task.yield() }
            }
            try a.shutdown(.send)
        }
        var received: [UInt8] = []
        for _ in 0..<count {
            let (size, kind) = (Int.random(in: 1...90, using: &generator), generator.next() % 5)
            let receiver = try Pending(setting, network) { () async throws(SocketError) in
                try await Self.receive(b, size, kind)
            }
            for _ in 0..<generator.next() % 4 { await Task.yield() }
            receiver.cancel()
            switch await receiver.outcome {
            case .success(let part): received += part
            case .failure(let error):
                Process.require(error.code == .cancelled, "\(error)")
            }
        }
        while let chunk = try await b.receive() { received += chunk }
        Process.require(await sender.code == nil, "the sender failed")
        Process.require(received == bytes, "seed \(seed): \(received.count) of \(bytes.count) bytes")
    }

    private static func receive(_ socket: Socket, _ size: Int, _ kind: UInt64) async throws(SocketError) -> [UInt8] {
        var array = [UInt8](repeating: 0, count: size)
        switch kind {
        case 0: return try await socket.receive(size).map { $0.array } ?? []
        case 1: return try await socket.receiveExactly(size).array
        case 2: return Array(array[..<(try await socket.receive(into: &array) ?? 0)])
        case 3: return try await socket.receive(size, flags: .waitForAll).map { $0.array } ?? []
        default:
            _ = try await socket.wait(for: .readable)
            return []
        }
    }
}

// MARK: Ending calls

extension StressChild {
    /// Starts every kind of call, where it has to wait, and ends it at random: by cancelling it, by closing its socket, by both, or by
    /// a deadline, with data on the way or not. Each ends, and as it may.
    func endCalls(_ count: Int) async throws {
        var generator = SeededGenerator(seed: seed)
        var ended = 0
        while ended < count {
            let pair = Bool.random(using: &generator) ? try network.socketPair() : try await network.tcpPair()
            for socket in [pair.0, pair.1] {
                try socket.set(.socket.sendBufferSize, 4096)
                try socket.set(.socket.receiveBufferSize, 4096)
            }
            let tasks = try (0..<8).map { index in
                try start(
                    index % 2 == 0 ? pair.0 : pair.1, generator.next() % 8,
                    Int.random(in: 1...20_000, using: &generator))
            }
            for _ in 0..<generator.next() % 12 {
                try await act(generator.next(), pair, tasks)
                ended += 1
            }
            try await pair.0.close()
            try await pair.1.close()
            for task in tasks {
                let code = await task.code
                Process.require(Self.allowed.contains(code), "seed \(seed): \(String(describing: code))")
            }
            ended += 2
        }
    }

    private static let allowed: [SocketError.Code?] = [
        nil, .cancelled, .closed, .timedOut, .brokenPipe, .connectionReset, .endOfStream, .notConnected,
    ]

    private func start(_ socket: Socket, _ kind: UInt64, _ size: Int) throws -> Pending<Void> {
        try Pending(setting, network) { () async throws(SocketError) in
            var array = [UInt8](repeating: 0, count: size)
            switch kind {
            case 0: _ = try await socket.receive(size)
            case 1: _ = try await socket.receiveExactly(size)
            case 2: _ = try await socket.receive(into: &array)
            case 3: _ = try await socket.wait(for: [.readable, .writable])
            case 4: _ = try await socket.receive(size, deadline: .within(.microseconds(size)))
            case 5: _ = try await socket.receiveMessage(size)
            case 6: try await socket.sendMessage([array, array])
            default: try await socket.sendAll(array)
            }
        }
    }

    private func act(_ choice: UInt64, _ pair: (Socket, Socket), _ tasks: [Pending<Void>]) async throws {
        let socket = choice & 1 == 0 ? pair.0 : pair.1
        switch choice >> 1 & 7 {
        case 0: try await socket.close()
        case 1: try? socket.shutdown(.send)
        case 2: await Task.yield()
        case 3: _ = try? socket.push("some bytes that arrive")
        default: tasks[Int(choice >> 8 & 7)].cancel()
        }
    }
}
