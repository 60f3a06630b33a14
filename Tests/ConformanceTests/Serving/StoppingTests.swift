import Locks
import Sockets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Stopping a server` {
    @Test(arguments: Backends.all) func `a cancel ends the handlers at once, and the listener stays`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let served = try Served(network) { try await echo($0) }
            let client = try await served.client()
            try await exchange("served", with: client)
            try await served.stop()
            #expect(served.probe.count(.cancelled) == 1)
            #expect(try await client.receive() == nil)
            #expect(!served.listener.isClosed)

            let waiting = try await served.client()
            let again = try Served(served.network, served.listener) { try await echo($0) }
            try await exchange("served again", with: waiting)
            try await again.stop()
        }
    }

    @Test(arguments: Backends.all) func `handlers that end within the grace period are not cancelled`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            for grace in [Duration.seconds(3600), nil] {
                let served = try Served(network, ServerOptions(gracePeriod: grace)) { try await echo($0) }
                let clients = try await served.clients(3)
                for client in clients { try await exchange("before", with: client) }
                served.task.cancel()
                await served.probe.wait(for: .stopping)
                for client in clients {
                    try await exchange("after", with: client)
                    try client.finish()
                }
                try await served.task.value
                #expect(served.probe.count(.ended) == 3)
                #expect(served.probe.count(.cancelled) == 0)
            }
        }
    }

    @Test(arguments: Backends.all) func `handlers that outlast the grace period are cancelled`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let grace = Duration.milliseconds(5)
            let served = try Served(network, ServerOptions(gracePeriod: grace)) { try await echo($0) }
            let client = try await served.client()
            try await exchange("before", with: client)
            let start = served.network.now
            try await served.stop()
            #expect(start.duration(to: served.network.now) >= grace)
            #expect(served.probe.count(.cancelled) == 1)
        }
    }

    @Test(arguments: Backends.all) func `closing the listener stops the server in the same way`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            for grace in [Duration.zero, .seconds(3600)] {
                let served = try Served(network, ServerOptions(gracePeriod: grace)) { try await echo($0) }
                let client = try await served.client()
                try await exchange("before", with: client)
                try await served.listener.close()
                await served.probe.wait(for: .stopping)
                if grace > .zero {
                    try await exchange("after", with: client)
                    try client.finish()
                }
                try await served.task.value
                #expect(served.probe.count(grace > .zero ? .ended : .cancelled) == 1)
            }
        }
    }

    @Test(arguments: Backends.all) func `a cancel after the listener's end ends the grace period`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            for grace in [Duration.seconds(3600), nil] {
                let served = try Served(network, ServerOptions(gracePeriod: grace)) { try await echo($0) }
                let client = try await served.client()
                try await exchange("before", with: client)
                try await served.listener.close()
                await served.probe.wait(for: .stopping)
                try await exchange("after", with: client)
                try await served.stop()
                #expect(served.probe.count(.cancelled) == 1)
                #expect(served.probe.count(.stopping) == 1)
            }
        }
    }

    /// Whether somebody waits or not: only then accepting counts as paused.
    @Test(arguments: Backends.all, [1, 2]) func `a server at its limit sees that the listener closes`(
        backend: TestBackend, clients: Int
    ) async throws {
        try await backend.run { network in
            let served = try Served(network, ServerOptions(maximumConnections: 1)) { try await echo($0) }
            let clients = try await served.clients(clients)
            await served.probe.wait(for: clients.count > 1 ? .limited : .accepted)
            await settle()
            try await served.listener.close()
            try await served.task.value
            #expect(served.probe.count(.cancelled) == 1)
            #expect(served.probe.count(.limited) == clients.count - 1)
            #expect(served.probe.count(.resumed) == 0, "nothing goes on")
            keep(clients)
        }
    }

    @Test(arguments: Backends.all, [1, 2]) func `a server at its limit can be cancelled`(
        backend: TestBackend, clients: Int
    ) async throws {
        try await backend.run { network in
            let served = try Served(network, ServerOptions(maximumConnections: 1)) { try await echo($0) }
            let clients = try await served.clients(clients)
            await served.probe.wait(for: clients.count > 1 ? .limited : .accepted)
            await settle()
            try await served.stop()
            #expect(served.probe.count(.cancelled) == 1)
            #expect(served.probe.count(.resumed) == 0)
            keep(clients)
        }
    }

    @Test(arguments: Backends.all) func `one after the other nobody waits, whatever the limit`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let served = try Served(network, ServerOptions(maximumConnections: 1)) { try await echo($0) }
            for number in 1...5 {
                let client = try await served.client()
                try await exchange("served", with: client)
                try client.finish()
                await served.probe.wait(for: .ended, number)
                await settle()
            }
            try await served.stop()
            #expect(served.probe.count(.limited) == 0)
        }
    }

    @Test(arguments: Backends.all) func `a server told to stop before it began returns`(backend: TestBackend)
        async throws
    {
        try await backend.run { network in
            let listener = try network.listen(at: .loopback4)
            let cancelled = Task {
                await awaitCancellation()
                try await listener.serve { _ in }
            }
            cancelled.cancel()
            try await cancelled.value
            try await listener.close()
            try await listener.serve { _ in }
        }
    }
}
