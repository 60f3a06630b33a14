import Sockets
import TestSupport
import Testing

/// A call that was suspended goes on where its caller is isolated, whichever thread has completed it.
@Suite struct `Calls from actors` {
    @Test(arguments: Setting.all) func `an actor's method goes on in the actor`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let (a, b) = try network.socketPair()
            try await setting.place.run(network) { () async throws in
                let collector = Collector()
                async let collected: Void = collector.collect(b)
                for number in 0..<50 {
                    try await a.sendAll("\(number % 10)")
                    // The actor is free while its method waits.
                    await collector.visit()
                    if number % 7 == 0 { await settle() }
                }
                try a.shutdown(.send)
                try await collected
                #expect(await collector.text == String(repeating: "0123456789", count: 5))
                #expect(await collector.visits == 50)
            }
        }
    }

    @Test(arguments: Backends.kernel(.foreignThreads)) @MainActor
    func `the main actor's code goes on in the main actor`(backend: TestBackend) async throws {
        let network = try backend.network()
        let (a, b) = try network.socketPair()
        let peer = Task { @concurrent in
            while let chunk = try await b.receive(deadline: .net) { try await b.sendAll(chunk, deadline: .net) }
        }
        for number in 0..<20 {
            try await a.sendAll("\(number)")
            MainActor.assertIsolated()
            let answer = number % 2 == 0 ? try await a.receive() : try await a.receive(deadline: .net)
            MainActor.assertIsolated()
            #expect(answer?.description == "\(number)")
        }
        try await a.close()
        MainActor.assertIsolated()
        try await peer.value
    }
}

private actor Collector {
    private(set) var text = ""
    private(set) var visits = 0

    func visit() { visits += 1 }

    func collect(_ socket: Socket) async throws {
        while let chunk = try await socket.receive(3) {
            assertIsolated()
            text += chunk.description
        }
        assertIsolated()
    }
}
