import Sockets
import TestSupport
import Testing

/// Every way to receive the next bytes of a stream, blocking and awaited.
enum NextReceive: String, CaseIterable, Codable, Sendable {
    case plain, intoArray, from, fromInto, message, messageInto, batch, exactly, all

    func blocking(_ socket: Socket) throws(SocketError) -> [UInt8] {
        var (array, arrays) = ([UInt8](repeating: 0, count: 3), [[0, 0], [0 as UInt8]])
        switch self {
        case .plain: return try socket.receive(3, deadline: .net)?.array ?? []
        case .intoArray:
            let count = try socket.receive(into: &array, deadline: .net) ?? 0
            return Array(array.prefix(count))
        case .from: return try socket.receiveFrom(3, deadline: .net)?.bytes.array ?? []
        case .fromInto: _ = try socket.receiveFrom(into: &array, deadline: .net)
        case .message: return try socket.receiveMessage(3, deadline: .net)?.bytes.array ?? []
        case .messageInto:
            let count = try socket.receiveMessage(into: &arrays, deadline: .net)?.count ?? 0
            return Array(arrays.joined().prefix(count))
        case .batch: return try socket.receiveBatch(2, of: 3, deadline: .net)[0].bytes.array
        case .exactly: return try socket.receiveExactly(3, deadline: .net).array
        case .all: return try socket.receive(3, flags: .waitForAll, deadline: .net)?.array ?? []
        }
        return array
    }

    func awaited(_ socket: Socket) async throws(SocketError) -> [UInt8] {
        var (array, arrays) = ([UInt8](repeating: 0, count: 3), [[0, 0], [0 as UInt8]])
        switch self {
        case .plain: return try await socket.receive(3, deadline: .net)?.array ?? []
        case .intoArray:
            let count = try await socket.receive(into: &array, deadline: .net) ?? 0
            return Array(array.prefix(count))
        case .from: return try await socket.receiveFrom(3, deadline: .net)?.bytes.array ?? []
        case .fromInto: _ = try await socket.receiveFrom(into: &array, deadline: .net)
        case .message: return try await socket.receiveMessage(3, deadline: .net)?.bytes.array ?? []
        case .messageInto:
            let count = try await socket.receiveMessage(into: &arrays, deadline: .net)?.count ?? 0
            return Array(arrays.joined().prefix(count))
        case .batch: return try await socket.receiveBatch(2, of: 3, deadline: .net)[0].bytes.array
        case .exactly: return try await socket.receiveExactly(3, deadline: .net).array
        case .all: return try await socket.receive(3, flags: .waitForAll, deadline: .net)?.array ?? []
        }
        return array
    }
}

/// How a `receiveExactly` ends early.
enum EarlyEnd: String, CaseIterable, Codable, Sendable {
    case blockingTimeout, blockingAtOnce, awaitedTimeout, awaitedAtOnce, cancelled

    func leave(_ text: String, of count: Int, _ socket: Socket, _ setting: Setting) async throws {
        let network = socket.network
        switch self {
        case .blockingTimeout: try await expect(socket, count, .within(.milliseconds(2)), .timedOut)
        case .blockingAtOnce: try await expect(socket, count, .immediate, .wouldBlock)
        case .awaitedTimeout:
            let found = await ending { () async throws(SocketError) in
                try await socket.receiveExactly(count, deadline: .within(.milliseconds(2)))
            }
            #expect(found == .timedOut)
        case .awaitedAtOnce:
            let found = await ending { () async throws(SocketError) in
                try await socket.receiveExactly(count, deadline: .immediate)
            }
            #expect(found == .wouldBlock)
        case .cancelled:
            let pending = try Pending(setting, network) { () async throws(SocketError) in
                try await socket.receiveExactly(count)
            }
            try await awaitTaken(socket)
            pending.cancel()
            #expect(await pending.code == .cancelled)
        }
    }

    /// What there is to receive has been received: only then is there something that could not be delivered.
    private func awaitTaken(_ socket: Socket) async throws {
        for _ in 0..<100_000 {
            let events = try await socket.network.poll([PollRequest(socket, .readable)], deadline: .immediate)
            if events.allSatisfy(\.isEmpty) { return }
            try await socket.network.sleep(for: .microseconds(100))
        }
    }

    private func expect(
        _ socket: Socket, _ count: Int, _ deadline: Deadline, _ expected: SocketError.Code
    ) async throws {
        let call = try Aside(socket.network) { () throws(SocketError) in
            try socket.receiveExactly(count, deadline: deadline)
        }
        #expect(await call.failure()?.code == expected)
    }
}

@Suite(.serialized, .timeLimit(.minutes(10))) struct `What a receive could not deliver` {
    private func pair(_ setting: Setting, leaving text: String, _ end: EarlyEnd = .awaitedAtOnce) async throws
        -> (Socket, Socket)
    {
        let (a, b) = try setting.backend.network().socketPair()
        try await a.sendAll(text)
        try await end.leave(text, of: text.utf8.count + 7, b, setting)
        return (a, b)
    }

    @Test(arguments: Setting.all, EarlyEnd.allCases) func `goes to the next receive, before the kernel's bytes`(
        setting: Setting, end: EarlyEnd
    ) async throws {
        try await setting.backend.run { _ in
            for next in NextReceive.allCases {
                let (a, b) = try await pair(setting, leaving: "abc", end)
                try await a.sendAll("def")
                #expect(try blocking(b, next) == Array("abc".utf8), "\(next)")
                #expect(try await next.awaited(b) == Array("def".utf8), "\(next)")
                let (c, d) = try await pair(setting, leaving: "abc", end)
                try await c.sendAll("def")
                let found = try await setting.place.run(d.network) { try await next.awaited(d) }
                #expect(found == Array("abc".utf8), "\(next)")
                #expect(try blocking(d, next) == Array("def".utf8), "\(next)")
            }
        }
    }

    // Not a closure in an async function, which may call no blocking form.
    private func blocking(_ socket: Socket, _ next: NextReceive) throws(SocketError) -> [UInt8] {
        try next.blocking(socket)
    }

    @Test(arguments: Setting.all) func `comes in parts, and twice over, if need be`(setting: Setting) async throws {
        try await setting.backend.run { _ in
            let (a, b) = try await pair(setting, leaving: "abcdef")
            #expect(try await b.receive(2)?.description == "ab")
            #expect(
                await ending { () async throws(SocketError) in try await b.receiveExactly(9, deadline: .immediate) }
                    != nil)
            try await a.sendAll("ghi")
            #expect(try await b.receiveExactly(7, deadline: .net).description == "cdefghi")
        }
    }

    @Test(arguments: Setting.all) func `fills all memory together with what comes, if asked to`(setting: Setting)
        async throws
    {
        try await setting.backend.run { _ in
            let (a, b) = try await pair(setting, leaving: "abc")
            let reader = try Pending(setting, b.network) { () async throws(SocketError) in
                try await b.receive(6, flags: .waitForAll)
            }
            await reader.suspend()
            try await a.sendAll("def")
            #expect(try await reader.outcome.get()?.description == "abcdef")
            let (c, d) = try await pair(setting, leaving: "abc")
            let parked = try Aside(d.network) { () throws(SocketError) in try d.receive(6, flags: .waitForAll) }
            await parked.awaitParked()
            try await c.sendAll("def")
            #expect(try await parked.outcome().get()?.description == "abcdef")
        }
    }

    @Test(arguments: Setting.all) func `can be peeked at, together with the kernel's`(setting: Setting) async throws {
        try await setting.backend.run { _ in
            let (a, b) = try await pair(setting, leaving: "abc")
            try await a.sendAll("def")
            var array = [UInt8](repeating: 0, count: 9)
            #expect(try await b.receive(2, flags: .peek)?.description == "ab")
            #expect(try await b.receive(9, flags: .peek)?.description == "abcdef")
            #expect(try await b.receive(into: &array, flags: .peek) == 6)
            #expect(try peek(b) == "abcdef")
            #expect(try await b.receiveExactly(6).description == "abcdef")
            #expect(
                await ending { () async throws(SocketError) in try await b.receive(1, deadline: .immediate) }
                    == .wouldBlock
            )
        }
    }

    private func peek(_ socket: Socket) throws(SocketError) -> String? {
        try socket.receive(9, flags: .peek, deadline: .immediate)?.description
    }

    @Test(arguments: Setting.all) func `counts as readable`(setting: Setting) async throws {
        try await setting.backend.run { _ in
            let (a, b) = try await pair(setting, leaving: "abc")
            defer { keep(a) }
            let (c, d) = try b.network.socketPair()
            defer { keep(c) }
            try await setting.place.run(b.network) { () async throws in
                #expect(try await b.wait(for: .readable) == .readable)
                #expect(try await b.wait(for: [.readable, .writable]) == [.readable, .writable])
                #expect(try await b.wait(for: .priority, deadline: .immediate) == [])
                let requests = [PollRequest(d, .readable), PollRequest(b, .readable)]
                #expect(try await b.network.poll(requests) == [[], .readable])
            }
            #expect(try pollBlocking(d, b) == [[], .readable])
            _ = try await b.receive()
            #expect(try await b.wait(for: .readable, deadline: .immediate) == [])
            #expect(try pollBlocking(d, b, .immediate) == [[], []])
        }
    }

    private func pollBlocking(
        _ first: Socket, _ second: Socket, _ deadline: Deadline = .net
    ) throws(SocketError) -> [PollEvents] {
        let requests = [PollRequest(first, .readable), PollRequest(second, .readable)]
        return try first.network.poll(requests, deadline: deadline)
    }

    @Test(arguments: Setting.of(Backends.kernel(.descriptorsOfTheProcess)))
    func `keeps the descriptor from being given away`(setting: Setting) async throws {
        let (a, b) = try await pair(setting, leaving: "abc")
        try await setting.place.run(b.network) { () async throws in
            let errors = [
                await endingError { () async throws(SocketError) in try await b.detach() },
                failure { () throws(SocketError) in try b.duplicate() },
                await endingError { () async throws(SocketError) in try await a.send("x", passing: [b]) },
                failure { () throws(SocketError) in try detachBlocking(b) },
            ]
            for error in errors {
                #expect(error?.code == .unreadBytes)
                #expect(error?.description.contains("3 received bytes are still to be read") == true)
            }
            // A file takes them, and begins with them.
            let file = try b.file()
            #expect(try await file.read(3).description == "abc")
            // Nothing is held any more.
            try await a.send("x", passing: [b])
            _ = try b.duplicate()
            Process.close(try await b.detach())
        }
    }

    private func detachBlocking(_ socket: Socket) throws(SocketError) { Process.close(try socket.detach()) }

    @Test(arguments: Setting.all) func `is not given away by a detach that interrupts`(setting: Setting) async throws {
        try await setting.backend.run { network in
            for round in 0..<20 {
                let (a, b) = try network.socketPair()
                try await a.sendAll("abc")
                let reader = try Pending(setting, network) { () async throws(SocketError) in
                    try await b.receiveExactly(9)
                }
                if round % 2 == 0 { await reader.suspend() }
                let result = await result { () async throws(SocketError) in try await b.detach() }
                #expect(await reader.code == .closed)
                switch result {
                case .failure(let error): #expect(error.code == .unreadBytes)
                case .success(let number):
                    // Then nothing had been received.
                    let again = try network.adopt(descriptor: number)
                    #expect(try await again.receiveExactly(3, deadline: .net).description == "abc")
                }
                #expect(b.isClosed)
            }
        }
    }

    @Test(arguments: Setting.all) func `is lost at the stream's end, which says how much`(setting: Setting) async throws
    {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await a.sendAll("abc")
            try await a.close()
            let error = await endingError { () async throws(SocketError) in try await b.receiveExactly(5) }
            #expect(error?.code == .endOfStream)
            #expect(error?.detail == "the stream ended after 3 of 5 bytes")
            #expect(try await b.receive() == nil)
            #expect(try await b.receiveExactly(0) == Chunk())
        }
    }
}
