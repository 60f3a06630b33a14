import Sockets
import TestSupport
import Testing

@Suite struct `A name that a machine knows by itself` {
    @Test(arguments: Backends.all) func `is looked up once when a connection is raced`(backend: TestBackend)
        async throws
    {
        try await backend.run { _ in
            let recorder = Recorder()
            let network = try Network(backend.choice.recorded(by: recorder))
            let listener = try await network.listen(port: 0)
            let port = try #require(listener.localAddress().port)
            for name in ["localhost", "LOCALHOST"] {
                let client = try await network.connect(to: name, port: Int(port), deadline: .net)
                try await client.close()
            }
            let families = recorder.events.compactMap { event -> AddressFamily? in
                guard case .resolved(.addresses(let query), _, _) = event, query.host != nil else { return nil }
                return query.family
            }
            #expect(families == [.unspecified, .unspecified])
        }
    }
}
