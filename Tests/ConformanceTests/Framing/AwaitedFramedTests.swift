import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Framed sockets, awaited` {
    @Test(arguments: Setting.all) func `a sequence of messages both ways`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (client, server) = try await network.tcpPair()
            try await setting.place.run(network) {
                let numbers = LineFraming().text.mapping {
                    Int($0) ?? -1
                } encode: {
                    String($0)
                }
                let asked = try client.framed(by: numbers.over(LengthPrefixedFraming(.one)))
                let answering = try server.framed(by: numbers.over(LengthPrefixedFraming(.one)))
                async let answers: Void = {
                    for try await number in answering { try await answering.send(number * number) }
                    try server.shutdown(.send)
                }()
                for number in 0..<100 { try await asked.send(number) }
                try client.shutdown(.send)
                var squares: [Int] = []
                for try await square in asked { squares.append(square) }
                try await answers
                #expect(squares == (0..<100).map { $0 * $0 })
            }
        }
    }

    @Test(arguments: Backends.all) func `after a message that has gone in part there is no other`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let big = Chunk([UInt8](repeating: 1, count: 900_000))
            let writer = try a.bufferedWriter()
            let messages = try a.framed(by: LengthPrefixedFraming(.four))
            #expect(await code { try await messages.send("whole") } == nil)
            #expect(await code { try await messages.send(big, deadline: .within(.milliseconds(5))) } == .timedOut)
            #expect(await code { try await messages.send("x", deadline: .net) } == .brokenPipe)
            let gathered = writer.framed(by: LengthPrefixedFraming(.four))
            // Whole or not at all, as it fits in the queue; the next does not.
            #expect(await code { try await gathered.send("y", deadline: .net) } == nil)
            #expect(await code { try await gathered.send(big, deadline: .within(.milliseconds(5))) } == .timedOut)
            #expect(await code { try await gathered.send("z", deadline: .net) } == .brokenPipe)
            keep(b)
        }
    }

    private func code(_ send: () async throws -> Void) async -> SocketError.Code? {
        do {
            try await send()
            return nil
        } catch {
            guard case .stream(let error)? = error as? FramedError<SocketError> else { return .other }
            return error.code
        }
    }

    @Test(arguments: Setting.all) func `frames of any size and split arrive`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (client, server) = try await network.tcpPair()
            let seed = UInt64.random(in: 0...UInt64.max)
            var random = SeededGenerator(seed: seed)
            let sizes = (0..<60).map { _ in
                Int.random(in: 0...([3, 300, 5000, 200_000].randomElement(using: &random) ?? 0), using: &random)
            }
            let messages = sizes.map { Chunk(random.bytes($0)) }
            let framing = LengthPrefixedFraming(.four, .little)
            let bytes = try messages.flatMap { try framing.encoded($0) }
            let pieces = stride(from: 0, to: bytes.count, by: 7919).map {
                Array(bytes[$0..<min($0 + 7919, bytes.count)])
            }
            try await setting.place.run(network) {
                async let sending: Void = {
                    for piece in pieces { try await client.sendAll(piece) }
                    try client.shutdown(.send)
                }()
                var received: [Chunk] = []
                for try await message in try server.framed(by: framing) { received.append(message) }
                try await sending
                #expect(received == messages, "seed \(seed)")
            }
        }
    }

    @Test(arguments: Setting.all) func `a cancel loses nothing of a message`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            let lines = try b.framed(by: LineFraming())
            try await a.sendAll("first ha")
            let task = Task {
                await framedEnding { () async throws(FramedError<SocketError>) in try await lines.next() }
            }
            while try await !b.wait(for: .readable, deadline: .immediate).isEmpty {
                try await network.sleep(for: .milliseconds(1))
            }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            let late = await framedEnding { () async throws(FramedError<SocketError>) in
                try await lines.next(deadline: .within(.milliseconds(1)))
            }
            #expect(late?.code == .timedOut)
            try await a.sendAll("lf\n")
            #expect(try await lines.next(deadline: .net) == "first half")
        }
    }

    @Test(arguments: Backends.all) func `two tasks may not send at the same time without a writer`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let (client, server) = try await network.tcpPair()
            let messages = try client.framed(by: LengthPrefixedFraming(.four, limit: 1 << 26))
            let large = Chunk([UInt8](repeating: 1, count: 32 << 20))
            async let first: Void = messages.send(large, deadline: .net)
            // Until the system takes no more of it.
            var second: SocketError.Code?
            for _ in 0..<1000 where second == nil {
                try await network.sleep(for: .milliseconds(1))
                second = await code { try await messages.send(Chunk("small"), deadline: .net) }
            }
            #expect(second == .inProgress)
            let reader = try server.framed(by: LengthPrefixedFraming(.four, limit: 1 << 26))
            var small = 0
            while let message = try await reader.next(deadline: .net) {
                if message.count == large.count { break }
                #expect(message == Chunk("small"))
                small += 1
            }
            try await first
            try await messages.send(Chunk("after"))
            #expect(try await reader.next(deadline: .net) == "after")
        }
    }

    @Test(arguments: Backends.all) func `what was received ahead goes back to the socket`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let (client, server) = try await network.tcpPair()
            try await client.sendAll("first\nbody of 10")
            let lines = try server.framed(by: LineFraming().text)
            #expect(try await lines.next(deadline: .net) == "first")
            let socket = lines.handOver()
            try await client.sendAll(" more")
            #expect(try await socket.receiveExactly(15, deadline: .net) == "body of 10 more")
        }
    }

    @Test(arguments: Backends.all) func `several tasks send through one writer, and no message is torn`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let sender = try a.bufferedWriter(capacity: 4096).framed(by: LengthPrefixedFraming(.two))
            async let sending: Void = {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for task in 0..<8 as Range<UInt8> {
                        group.addTask {
                            for size in 0..<100 {
                                try await sender.send(Chunk([UInt8](repeating: task, count: 1 + size * 7)))
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                try await sender.stream.shutdown()
            }()
            var sizes = [[Int]](repeating: [], count: 8)
            for try await message in try b.framed(by: LengthPrefixedFraming(.two)) {
                #expect(Set(message).count == 1)
                sizes[Int(message[0])].append(message.count)
            }
            try await sending
            for found in sizes { #expect(found == (0..<100).map { 1 + $0 * 7 }) }
        }
    }

    @Test(arguments: Backends.all) func `iterators and calls share what was received`(backend: TestBackend) async throws
    {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.sendAll("1\n2\n3\n4\n")
            let lines = try b.framed(by: LineFraming())
            for try await line in lines {
                #expect(line == "1")
                break
            }
            #expect(try await lines.next(deadline: .net) == "2")
            var iterator = lines.makeAsyncIterator()
            #expect(try await iterator.next() == "3")
            #expect(lines.takeRest() == "4\n")
        }
    }

    @Test(arguments: Backends.all) func `a framed machine serves`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let machine = FramedMachine(LineFraming(.crLF, limit: 1000).text, state: 0) { count, line in
                count += 1
                return line == "quit" ? .close(after: "\(count) lines") : [line.uppercased()]
            }
            try await network.onExecutor {
                let listener = try network.listen(at: .loopback4)
                let address = try listener.localAddress()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await listener.serve(machine: machine) }
                    for _ in 0..<3 {
                        let lines = try await network.connect(to: address).framed(by: LineFraming(.crLF).text)
                        let asked = (0..<200).map { "line \($0)" }
                        try await lines.send(contentsOf: asked + ["quit", "late"])
                        var answers: [String] = []
                        while let answer = try await lines.next(deadline: .net) {
                            answers.append(answer)
                            if answers.count == 201 { break }
                        }
                        #expect(answers == asked.map { $0.uppercased() } + ["201 lines"])
                    }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }
}
