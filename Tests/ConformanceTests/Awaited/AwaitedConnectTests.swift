import Sockets
import TestSupport
import Testing

@Suite struct `Awaiting a connection` {
    @Test(arguments: Backends.all, NetworkPlace.allCases) func `every way to name the peer leads to it`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let (listener, directory) = (try await network.listen("127.0.0.1:0"), TemporaryDirectory())
            let address = try listener.localAddress()
            let port = Int(address.port ?? 0)
            let path = try await network.listen("unix:\(directory.path)/s")
            try await place.run(network) {
                let clients = [
                    try await network.connect(to: address), try await network.connect(to: "127.0.0.1", port: port),
                    try await network.connect(to: "localhost", port: port, family: .ipv4),
                    try await network.connect("localhost:\(port)", deadline: .net),
                    try await network.connect("127.0.0.1:\(port)", deadline: .net),
                ]
                for client in clients {
                    let (server, peer) = try await listener.accept(deadline: .net)
                    #expect(try peer == client.localAddress())
                    #expect(try server.localAddress() == address)
                }
                let client = try await network.connect("unix:\(directory.path)/s", deadline: .net)
                #expect(try client.peerAddress() == path.localAddress())
            }
        }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `errors are the blocking form's`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let vacant = try network.vacantAddress()
            let directory = TemporaryDirectory()
            try await place.run(network) {
                let refused = await awaitedFailure { try await network.connect(to: vacant, deadline: .net) }
                #expect(refused?.code == .connectionRefused)
                #expect(refused?.subject == .address(vacant))
                #expect(await awaitedCode { try await network.connect(to: directory.address("none")) } == .notFound)
                #expect(await awaitedCode { try await network.connect("no port") } == .invalidAddress)
                #expect(
                    await awaitedCode { try await network.connect(to: "::1", port: 1, family: .ipv4) }
                        == .invalidAddress)
                #expect(await awaitedCode { try await network.connect(to: "a b", port: 1) } == .resolutionFailed)
            }
        }
    }

    @Test(arguments: NetworkPlace.allCases) func `addresses are tried in order, and failed attempts closed`(
        place: NetworkPlace
    ) async throws {
        let plan = FaultPlan([.init(.connect, Failure(errno: .networkUnreachable))])
        let recorder = Recorder()
        let network = try Network(.posix.injecting(plan).recorded(by: recorder))
        let listener = try await network.listen(port: 0)
        let port = Int(try listener.localAddress().port ?? 0)
        let several = try await network.addresses(of: nil, port: port, type: .stream)
        try #require(several.count >= 2)
        let socket = try await place.run(network) { try await network.connect(to: "", port: port, deadline: .net) }
        #expect(socket.family == several[1].family)
        #expect(recorder.operations(.open).count - recorder.operations(.close).count == 2)
    }

    @Test(arguments: NetworkPlace.allCases)
    func `the last address's failure is reported with those before, but a cancel at once`(
        place: NetworkPlace
    ) async throws {
        let failures = [Failure(errno: .networkUnreachable), Failure(errno: .noRouteToHost), Failure(.cancelled)]
        let plan = FaultPlan(failures.map { .init(.connect, $0) })
        let recorder = Recorder()
        let network = try Network(.posix.injecting(plan).recorded(by: recorder))
        try await place.run(network) {
            let error = await #expect(throws: SocketError.self) { try await network.connect(to: "", port: 9) }
            #expect(error?.code == .hostUnreachable)
            #expect(error?.earlierAttempts.map(\.code) == [.networkUnreachable])
            #expect(error?.earlierAttempts.first?.subject != error?.subject)
            #expect(await awaitedCode { try await network.connect(to: "", port: 9) } == .cancelled)
        }
        #expect(recorder.operations(.open).count == 3)
    }

    /// A peer whose backlog is full: whoever connects has to wait.
    private func busyPeer(_ network: Network, _ address: SocketAddress) async throws -> (SocketAddress, [Socket]) {
        let listener = try network.listen(at: address, backlog: 1)
        let peer = try listener.localAddress()
        var waiting = [listener]
        for _ in 0..<8 {
            let next = try network.socket(address.family)
            _ = try await next.connectResult(to: peer, deadline: .within(.milliseconds(10)))
            waiting.append(next)
        }
        return (peer, waiting)
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `a connect that hangs ends by its deadline or a cancel`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let directory = TemporaryDirectory()
            for address in [directory.address(), .loopback4] {
                let (peer, others) = try await busyPeer(network, address)
                try await place.run(network) {
                    let late = await awaitedFailure {
                        try await network.connect(to: peer, deadline: .within(.milliseconds(20)))
                    }
                    #expect(late?.code == .timedOut, "\(address)")
                    let call = Task { await awaitedCode { try await network.connect(to: peer, deadline: .net) } }
                    try await network.sleep(for: .milliseconds(5))
                    call.cancel()
                    #expect(await call.value == .cancelled, "\(address)")
                }
                keep(others)
            }
        }
    }
}

@Suite(.serialized) struct `Awaited connects in a process of their own` {
    @Test(arguments: Backends.kernel(.processes)) func `leak no descriptor, however they end`(backend: TestBackend)
        async
    {
        await #expect(processExitsWith: .success) { [backend] in try await ConnectingChild.leaks(backend) }
    }
}

enum ConnectingChild {
    static func leaks(_ backend: TestBackend) async throws {
        let (network, directory) = (try backend.network(), TemporaryDirectory())
        let listener = try network.listen(at: directory.address(), backlog: 1)
        var waiting: [Socket] = []
        while let next = try? await network.connect(to: directory.address(), deadline: .within(.milliseconds(20))) {
            waiting.append(next)
        }
        try await connectInManyWays(network, directory.address())
        let before = Process.descriptorCount
        for _ in 0..<10 { try await connectInManyWays(network, directory.address()) }
        let after = Process.descriptorCount
        Process.require(before == after, "\(before) descriptors became \(after)")
        keep(listener, waiting)
    }

    private static func connectInManyWays(_ network: Network, _ busy: SocketAddress) async throws {
        let open = try await network.listen("127.0.0.1:0")
        _ = try await network.connect(to: open.localAddress(), deadline: .net)
        let vacant = try network.vacantAddress()
        Process.require(await awaitedCode { try await network.connect(to: vacant) } == .connectionRefused, "refused")
        let late = await awaitedCode { try await network.connect(to: busy, deadline: .within(.milliseconds(2))) }
        Process.require(late == .timedOut, "\(String(describing: late))")
        let call = Task { await awaitedCode { try await network.connect(to: busy) } }
        try await network.sleep(for: .milliseconds(2))
        call.cancel()
        let code = await call.value
        Process.require(code == .cancelled, "\(String(describing: code))")
        try await open.closeForTest()
    }
}

extension Socket {
    /// Its calls have left: closing does not wait.
    func closeForTest() async throws { try closeNow() }
    private func closeNow() throws { try close() }
}
