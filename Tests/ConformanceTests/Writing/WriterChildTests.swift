import Sockets
import TestSupport
import Testing

/// What writers leave behind is counted in a process of its own.
@Suite(.serialized, .timeLimit(.minutes(10))) struct `Buffered writers in a process of their own` {
    @Test(arguments: Setting.of(Backends.kernel(.processes))) func `nothing is left of a writer`(setting: Setting) async
    {
        await #expect(processExitsWith: .success) { [setting] in try await WriterChild.leftovers(setting) }
    }
}

enum WriterChild {
    static func leftovers(_ setting: Setting) async throws {
        let network = try setting.backend.network()
        try await setting.place.run(network) { () async throws in
            for _ in 0..<10 { try await round(network) }
            let before = (descriptors: Process.descriptorCount, heap: Process.heapBytes)
            for _ in 0..<40 { try await round(network) }
            let after = (descriptors: Process.descriptorCount, heap: Process.heapBytes)
            // One socket that stays each round would be 40; the process's own test library may hold one or two for a moment.
            Process.require(after.descriptors - before.descriptors < 10, "\(before) became \(after)")
            // One queue that stays each round would be 2.6 MB.
            Process.require(after.heap - before.heap < 1_000_000, "\(before) became \(after)")
        }
    }

    private static func round(_ network: Network) async throws {
        let (a, b) = try network.socketPair()
        let writer = try a.bufferedWriter()
        try await writer.write("closed")
        try await writer.close()
        _ = try await b.receive(deadline: .net)
        // Dropped in a turn, and dropped while an operation waits.
        let (c, d) = try network.socketPair()
        try await c.bufferedWriter().write("dropped")
        _ = try await d.receive(deadline: .net)
        let scene = try FullScene(network, capacity: 65_536)
        try await scene.writer.write("dropped")
        await settle()
        // Closed elsewhere while one waits, which then is cancelled.
        let other = try FullScene(network, capacity: 65_536)
        try await other.writer.write("closed")
        async let flushed = endingError { () async throws(SocketError) in try await other.writer.flush() }
        await settle()
        try await other.socket.close()
        Process.require(await flushed?.code == .closed, "not woken")
        keep(a, b, c, d, scene, other)
    }
}
