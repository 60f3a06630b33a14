import Sockets
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct `A buffered writer` {
    @Test(arguments: Setting.all) func `what is written arrives by itself`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await setting.place.run(network) { () async throws in
                let writer = try a.bufferedWriter()
                for round in 0..<50 {
                    try await writer.write("Hello, ")
                    try await writer.write([])
                    try await writer.write("world"[...])
                    let bytes = try await b.receiveExactly(12, deadline: .net)
                    #expect(bytes.description == "Hello, world", "round \(round)")
                }
                await writer.awaitQueued(0)
            }
        }
    }

    /// A write of one task's: who, the how manieth, and how many bytes of a pattern follow.
    private static func record(_ task: Int, _ number: Int, _ length: Int) -> [UInt8] {
        [UInt8(task), UInt8(number), UInt8(length >> 8), UInt8(length & 255)]
            + pattern(length, seed: UInt64(task << 8 | number))
    }

    @Test(arguments: Setting.all) func `writes of many tasks come whole and in order`(setting: Setting) async throws {
        try await setting.backend.run { network in
            // Long writes are kept by a long queue, and copied in parts by a short one.
            for (isTCP, capacity, longest) in [
                (false, 4096, 20_000), (true, 4096, 20_000), (false, 100_000, 60_000), (true, 100_000, 60_000),
            ] {
                let (a, b) = isTCP ? try await network.tcpPair() : try network.socketPair()
                let writer = try a.bufferedWriter(capacity: capacity)
                let tasks = try (0..<8).map { task in
                    try Pending(setting, network) { () async throws(SocketError) in
                        var generator = SeededGenerator(seed: UInt64(task))
                        for number in 0..<60 {
                            // Some are longer than the queue.
                            let length = Int.random(in: 0...(number % 10 == 0 ? longest : 600), using: &generator)
                            try await writer.write(Self.record(task, number, length))
                            if number % 7 == task % 7 { try await writer.flush() }
                            if writer.queuedBytes > writer.capacity { throw SocketError(.other, .write) }
                        }
                    }
                }
                let reader = try Pending(setting, network) { () async throws(SocketError) in try await readSlowly(b) }
                for task in tasks { #expect(await task.code == nil) }
                try await writer.close()
                var rest = try await reader.outcome.get()[...]
                var next = [Int](repeating: 0, count: tasks.count)
                while rest.count >= 4 {
                    let head = Array(rest.prefix(4))
                    let (task, length) = (Int(head[0]), Int(head[2]) << 8 | Int(head[3]))
                    try #require(task < tasks.count && next[task] == Int(head[1]), "\(head)")
                    try #require(Array(rest.prefix(4 + length)) == Self.record(task, next[task], length))
                    rest = rest.dropFirst(4 + length)
                    next[task] += 1
                }
                #expect(rest.isEmpty)
                #expect(next == [Int](repeating: 60, count: tasks.count))
            }
        }
    }

    @Test(arguments: Backends.all) func `a thousand small writes of a turn are few sends`(backend: TestBackend)
        async throws
    {
        try await backend.run { _ in
            let recorder = Recorder()
            let network = try Network(backend.choice.recorded(by: recorder))
            let (a, b) = try network.socketPair()
            let bytes = pattern(64_000)
            try await Place.onExecutor.run(network) { () async throws in
                let writer = try a.bufferedWriter()
                for start in stride(from: 0, to: bytes.count, by: 64) {
                    try await writer.write(bytes[start..<start + 64])
                    // Below half of the capacity nothing is sent while the turn lasts.
                    if start < 32_000 { #expect(writer.queuedBytes == start + 64) }
                }
                #expect(BufferedWriter.sends(recorder) <= 1)
                #expect(try await b.receiveExactly(bytes.count, deadline: .net).array == bytes)
                #expect(BufferedWriter.sends(recorder) <= 4)
            }
        }
    }

    @Test(arguments: Backends.all) func `what several tasks write in a turn is gathered`(backend: TestBackend)
        async throws
    {
        try await backend.run { _ in
            let recorder = Recorder()
            let network = try Network(backend.choice.recorded(by: recorder))
            let (a, b) = try network.socketPair()
            try await Place.onExecutor.run(network) { () async throws in
                let writer = try a.bufferedWriter()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<20 { group.addTask { try await writer.write("four") } }
                    try await group.waitForAll()
                }
                #expect(try await b.receiveExactly(80, deadline: .net).count == 80)
                #expect(BufferedWriter.sends(recorder) <= 4)
            }
        }
    }

    /// Sinks send between tasks: that must not use up the turns of an executor on which no task runs.
    @Test(arguments: Backends.all) func `an executor without tasks goes on sending at once`(backend: TestBackend)
        async throws
    {
        try await backend.run { _ in
            let recorder = Recorder()
            let network = try Network(backend.choice.recorded(by: recorder))
            let (a, b) = try network.socketPair()
            let writer = try a.bufferedWriter()
            for _ in 0..<400 {
                try await writer.write("x")
                _ = try await b.receiveExactly(1, deadline: .net)
            }
            let started = recorder.events.count {
                if case .started(let operation, _) = $0 { operation.name == .send } else { false }
            }
            #expect(started == 0)
        }
    }

    @Test(arguments: Setting.all) func `a full queue makes writers wait, first come, first served`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let scene = try FullScene(network)
            let writer = scene.writer
            try await setting.place.run(network) { try await writer.write(pattern(90)) }
            // Each comes when the one before waits, most likely; none has room for all its bytes.
            let lengths = [20, 11, 250, 11]
            var waiting: [Pending<Void>] = []
            let passed = Shared(0)
            for (number, length) in lengths.enumerated() {
                waiting.append(
                    try Pending(setting, network) { () async throws(SocketError) in
                        try await writer.write([UInt8](repeating: UInt8(number), count: length))
                        passed.change { $0 += 1 }
                    })
                await waiting[number].suspend()
                #expect(writer.queuedBytes <= writer.capacity)
            }
            #expect(passed.value == 0)
            if setting.place == .onExecutor { #expect(writer.queuedBytes == 90) }
            let bytes = try await setting.place.run(network) { try await scene.read(90 + 292) }
            #expect(Array(bytes[..<90]) == pattern(90))
            #expect(bytes[90...].count { $0 == 2 } == 250)
            if setting.place == .onExecutor {
                let order = lengths.enumerated().flatMap { [UInt8](repeating: UInt8($0), count: $1) }
                #expect(Array(bytes[90...]) == order)
            }
            for pending in waiting { #expect(await pending.code == nil) }
            #expect(passed.value == 4)
        }
    }

    @Test(arguments: Setting.all) func `a write longer than the queue goes through in parts`(setting: Setting)
        async throws
    {
        try await setting.backend.run { network in
            let bytes = pattern(300_000)
            for capacity in [1, 7, 4096, 100_000] {
                let (a, b) = try network.socketPair()
                let part = capacity < 10 ? Array(bytes.prefix(3000)) : bytes
                let reader = try Pending(setting, network) { () async throws(SocketError) in
                    try await readSlowly(b, 2 * part.count)
                }
                try await setting.place.run(network) { () async throws in
                    let writer = try a.bufferedWriter(capacity: capacity)
                    try await writer.write(part)
                    try await writer.write(part)
                    try await writer.flush()
                    #expect(writer.queuedBytes == 0)
                }
                #expect(try await reader.outcome.get() == part + part, "capacity \(capacity)")
            }
        }
    }

    @Test(arguments: Setting.all) func `what a program does with an array after its write does not reach the peer`(
        setting: Setting
    ) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let original = pattern(50_000)
            let reader = try Pending(setting, network) { () async throws(SocketError) in
                try await b.receiveExactly(2 * (3 + 50_000 + 100), deadline: .net).array
            }
            try await setting.place.run(network) { () async throws in
                let writer = try a.bufferedWriter(capacity: 200_000)
                for _ in 0..<2 {
                    var bytes = original
                    try await writer.write("one")
                    try await writer.write(bytes)
                    for place in bytes.indices { bytes[place] = 0 }
                    try await writer.write(bytes[..<100])
                }
                try await writer.flush()
            }
            let each = Array("one".utf8) + original + [UInt8](repeating: 0, count: 100)
            #expect(try await reader.outcome.get() == each + each)
        }
    }

    @Test(arguments: Backends.all) func `capacities and sockets that make no writer`(backend: TestBackend) throws {
        let network = try backend.network()
        let (a, _) = try network.socketPair()
        for capacity in [0, -1, .min, 1 << 30 + 1, .max] {
            let error = failure { () throws(SocketError) in try a.bufferedWriter(capacity: capacity) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.description.contains("\(capacity)") == true)
        }
        #expect(try a.bufferedWriter(capacity: 1 << 30).capacity == 1 << 30)
        #expect(try a.bufferedWriter().capacity == 65_536)
        for type in [SocketType.datagram, .sequencedPacket] {
            let (c, _) = try network.socketPair(.unix, type)
            #expect(code { () throws(SocketError) in try c.bufferedWriter() } == .unsupported)
        }
    }
}
