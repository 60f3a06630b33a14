import Locks
import Sockets

extension SoakScene {
    /// How much of a stream travels, in which pieces, and which content.
    private struct Load: Sendable {
        let content: SoakContent
        let count: Int
        let piece: Int

        init(_ random: inout SoakRandom, most: Int = 200_000) {
            content = SoakContent(key: UInt8(truncatingIfNeeded: random.next()))
            // Small ones as often as large ones.
            count = random.number(in: 1...(1 << random.number(in: 1...17))) % most + 1
            piece = random.number(in: 1...min(count, 70_000))
        }
    }

    static func transfer(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        let socket = try await place.network.connect(to: place.streams)
        let count = try await exchange(socket, Load(&random))
        try await socket.close()
        return count
    }

    private static func exchange(_ socket: Socket, _ load: Load) async throws -> Int {
        async let sending: Void = send(load, to: socket)
        let count = try await receive(load, from: socket)
        try await sending
        return count
    }

    private static func send(_ load: Load, to socket: Socket) async throws {
        var sent = 0
        while sent < load.count {
            let size = min(load.piece, load.count - sent)
            try await socket.sendAll(load.content.bytes(from: sent, count: size))
            sent += size
        }
        try socket.shutdown(.send)
    }

    private static func receive(_ load: Load, from socket: Socket) async throws -> Int {
        var reader = SoakReader(load.content)
        while let chunk = try await socket.receive(load.piece) { try reader.take(chunk) }
        guard reader.count == load.count else { throw SoakFailure("\(reader.count) of \(load.count) bytes came back") }
        return reader.count
    }

    static func halfOpen(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        let socket = try await place.network.connect(to: place.streams)
        // No more than buffers hold while nobody reads.
        let load = Load(&random, most: 16_000)
        try await send(load, to: socket)
        try await place.network.sleep(for: .microseconds(random.number(in: 0...2000)))
        let count = try await receive(load, from: socket)
        try await socket.close()
        return count
    }

    static func cancelled(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        let socket = try await place.network.connect(to: place.streams)
        let (load, pause) = (Load(&random), Duration.microseconds(random.number(in: 0...3000)))
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { try await exchange(socket, load) }
            try await place.network.sleep(for: pause)
            group.cancelAll()
            do {
                return try await group.next() ?? 0
            } catch let error as SocketError where error.code == .cancelled {
                return 0
            }
        }
        try await socket.close()
        return count
    }

    /// Sends, receives some of what comes back, and then the connection ends before the rest.
    static func ended(
        _ place: SoakPlace, _ random: inout SoakRandom, closes: Bool = true, _ prepare: (Socket) throws -> Void
    ) async throws -> Int {
        let socket = try await place.network.connect(to: place.streams)
        let load = Load(&random, most: 16_000)
        try await socket.sendAll(load.content.bytes(from: 0, count: load.count))
        var reader = SoakReader(load.content)
        let enough = random.number(in: 0...load.count)
        while reader.count < enough, let chunk = try await socket.receive(load.piece) { try reader.take(chunk) }
        try prepare(socket)
        if closes { try await socket.close() }
        return reader.count
    }

    static func closedUnder(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        let socket = try await place.network.connect(to: place.streams)
        let pause = Duration.microseconds(random.number(in: 0...2000))
        async let closing: Void = {
            try await place.network.sleep(for: pause)
            try await socket.close()
        }()
        try await demandFailure([.closed]) { _ = try await socket.receive() }
        try await closing
        return 0
    }

    static func late(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        let socket = try await place.network.connect(to: place.streams)
        let patience = Deadline.within(.microseconds(random.number(in: 1...2000)))
        try await demandFailure([.timedOut]) { _ = try await socket.receive(deadline: patience) }
        let count = try await exchange(socket, Load(&random))
        try await socket.close()
        return count
    }

    static func blocking(_ place: SoakPlace, _ random: inout SoakRandom) async throws -> Int {
        let load = Load(&random, most: 16_000)
        let outcome = Lock<Result<Int, any Error>?>(nil)
        let thread = try place.network.spawn("soak") {
            let result = Result { try exchangeBlocking(place, load) }
            outcome.withLock { $0 = result }
        }
        try await thread.join()
        return try outcome.withLock { $0 }?.get() ?? 0
    }

    private static func exchangeBlocking(_ place: SoakPlace, _ load: Load) throws -> Int {
        let deadline = Deadline.within(SoakPhase.patience)
        let socket = try place.network.connect(to: place.streams, deadline: deadline)
        try socket.sendAll(load.content.bytes(from: 0, count: load.count), deadline: deadline)
        try socket.shutdown(.send)
        var reader = SoakReader(load.content)
        while let chunk = try socket.receive(load.piece, deadline: deadline) { try reader.take(chunk) }
        guard reader.count == load.count else { throw SoakFailure("\(reader.count) of \(load.count) bytes came back") }
        try socket.close()
        return reader.count
    }
}
