import Sockets
import TestSupport
import Testing

/// A timer that has fired, or was cancelled, holds on to nobody.
@Suite(.timeLimit(.minutes(10))) struct `What was awaited lets go of` {
    @Test(arguments: Backends.all, [PollEvents.readable, .writable]) func `sockets that were polled`(
        backend: TestBackend, events: PollEvents
    ) async throws {
        try await backend.run { network in
            weak var polled: Socket?
            do {
                let (a, b) = try network.socketPair()
                polled = a
                let requests = [PollRequest(a, events), PollRequest(b, .readable)]
                _ = try await network.poll(requests, deadline: .within(.microseconds(200)))
            }
            // What has completed is let go of when the executor's turn ends.
            try await network.sleep(for: .milliseconds(1))
            #expect(polled == nil)
        }
    }

    @Test(arguments: Backends.kernel(.accountsOfTheProcess), [false, true]) func `a network that has served`(
        backend: TestBackend, byMachine: Bool
    ) async throws {
        weak var served: Network?
        do {
            let network = try backend.network()
            served = network
            let listener = try await network.listen(port: 0)
            let options = ServerOptions(gracePeriod: .milliseconds(10))
            let server = Task {
                if byMachine {
                    try await listener.serve(options, machine: ScriptMachine([.send("x")]))
                } else {
                    try await listener.serve(options) { _ in }
                }
            }
            let client = try await network.connect(to: listener.localAddress())
            try await client.close()
            server.cancel()
            _ = await server.result
            try await network.close()
        }
        for _ in 0..<1000 where served != nil { try await Task.sleep(for: .milliseconds(2)) }
        #expect(served == nil)
    }
}
