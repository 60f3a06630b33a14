import Locks
import Sockets
import TestSupport
import Testing

/// A blocking call that would park the thread, made on an executor's by way of a synchronous helper.
@Suite struct `Blocking calls on an executor's thread` {
    typealias Call = @Sendable (Network, Socket, NetworkThread) throws -> Void

    static let calls: [(name: OperationName, call: Call)] = [
        (.sleep, { network, _, _ in try network.sleep(for: .seconds(1000)) }),
        (.sleep, { network, _, _ in try network.sleep(until: .distantFuture) }),
        (.join, { _, _, thread in try thread.join() }),
        (.run, { network, _, _ in try network.run {} }),
        (.resolve, { network, _, _ in _ = try network.addresses(of: "localhost") }),
        (.resolve, { network, _, _ in _ = try network.addresses(of: "127.0.0.1", service: "http") }),
        (.resolve, { network, _, _ in _ = try network.addresses(of: "localhost", port: 1) }),
        (.resolveName, { network, _, _ in _ = try network.name(of: .ipv4(.loopback, port: 80)) }),
        (.hostByName, { network, _, _ in _ = try network.ipv4Address(ofHost: "localhost") }),
        (.hostByName, { network, _, _ in _ = try network.host(named: "localhost") }),
        (.hostByAddress, { network, _, _ in _ = try network.host(at: .v4(.loopback)) }),
        (.resolve, { network, _, _ in _ = try network.host(at: "localhost") }),
        (.resolve, { network, _, _ in _ = try network.fullyQualifiedName(of: "localhost") }),
        (.protocolByName, { network, _, _ in _ = try network.protocolNumber(named: "tcp") }),
        (.serviceByName, { network, _, _ in _ = try network.port(ofService: "http") }),
        (.serviceByPort, { network, _, _ in _ = try network.serviceName(atPort: 80) }),
        (.resolve, { network, _, _ in _ = try network.connect(to: "localhost", port: 1) }),
        (.resolve, { network, _, _ in _ = try network.connect("localhost:1") }),
        (.resolve, { network, _, _ in _ = try network.listen(host: "localhost", port: 0) }),
        (.resolve, { network, _, _ in _ = try network.listen("localhost:0") }),
        (.resolve, { network, _, _ in _ = try network.datagrams(at: "localhost:0") }),
        (.bind, { network, _, _ in try network.socket(.ipv4).bind(to: "localhost", port: 0) }),
        (.connect, { network, _, _ in try network.socket(.ipv4).connect(to: "localhost", port: 1) }),
        (.poll, { network, socket, _ in _ = try network.poll([PollRequest(socket, .readable)]) }),
        (.receive, { _, socket, _ in _ = try socket.receiveExactly(1) }),
    ]

    @Test(arguments: Backends.all) func `that would wait are refused, naming the form with await`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let (a, b) = try network.socketPair()
            let thread = try network.spawn { _ = try? b.receive(1) }
            let errors = try await NetworkPlace.onTheExecutor.run(network) {
                Self.calls.map { call in
                    failure { () throws(SocketError) in try typed { try call.call(network, a, thread) } }
                }
            }
            for (index, error) in errors.enumerated() {
                #expect(error?.code == .blockingOnExecutor, "call \(index): \(String(describing: error))")
                #expect(error?.operation == Self.calls[index].name, "call \(index)")
                #expect(error?.description.contains("await") == true)
            }
            try await a.sendAll("x")
            try await thread.join()
        }
    }

    @Test(arguments: Backends.all, ParkedCall.allCases) func `in a socket, too`(
        backend: TestBackend, parked: ParkedCall
    ) async throws {
        try await backend.run { network in
            let directory = TemporaryDirectory()
            let (socket, others, call) = try parked.prepare(network, directory)
            let refused = try await NetworkPlace.onTheExecutor.run(network) {
                code { () throws(SocketError) in try call(socket) }
            }
            #expect(refused == .blockingOnExecutor)
            keep(others, directory)
        }
    }

    @Test(arguments: Backends.all) func `that need not wait are not refused`(backend: TestBackend) async throws {
        try await backend.run { network in
            let thread = try network.spawn {}
            try await thread.join()
            try await NetworkPlace.onTheExecutor.run(network) {
                try {
                    try network.sleep(for: .zero)
                    try network.sleep(until: network.now)
                    while code({ () throws(SocketError) in try thread.join() }) == .blockingOnExecutor {}
                    _ = try network.addresses(of: "127.0.0.1", port: 80)
                    _ = try network.addresses(of: nil, service: "80", flags: .passive)
                    _ = try network.name(of: .ipv4(.loopback, port: 80), flags: [.numericHost, .numericService])
                    _ = try network.host(named: "127.0.0.1")
                    _ = try network.ipv4Address(ofHost: "127.0.0.1")
                    _ = try network.hostName()
                    _ = try network.interfaces()
                    let listener = try network.listen("127.0.0.1:0")
                    let address = try listener.localAddress()
                    let begun = code { () throws(SocketError) in try network.connect(to: address, deadline: .immediate)
                    }
                    // Over the loopback it may be connected by the time anybody looks.
                    #expect(begun == nil || begun == .inProgress)
                    try listener.close()
                    try network.close()
                }()
            }
            #expect(network.isClosed)
        }
    }

    @Test(arguments: Backends.all) func `closing does not wait there, and is done by whoever leaves last`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let other = try backend.network()
            let (a, b) = try network.socketPair()
            let (c, d) = try network.socketPair()
            let waiting = try Aside(other) { () throws(SocketError) in try a.receive(1) }
            await waiting.awaitParked()
            let refusals = try await NetworkPlace.onTheExecutor.run(network) {
                // The other thread may have left already before this one would wait: then nothing is refused.
                let refusal = code { () throws(SocketError) in try network.close() }
                return (refusal, code { () throws(SocketError) in try network.close() })
            }
            #expect(refusals.0 == nil || refusals.0 == .blockingOnExecutor)
            #expect(refusals.1 == nil)
            #expect(await waiting.failure()?.code == .closed)
            #expect([a, b, c, d].allSatisfy { $0.isClosed })
        }
    }
}

/// The error of a call that throws nothing else.
private func typed(_ body: () throws -> Void) throws(SocketError) {
    do { try body() } catch { throw error as? SocketError ?? SocketError(.other, .spawn, detail: "\(error)") }
}
