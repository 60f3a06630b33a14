import BackendPOSIX
import Locks
import Sockets
import TestSupport
import Testing

/// A backend whose name service answers when the test says so.
private final class SlowNames: BackendWrapper {
    typealias Completion = @Sendable (Result<NameAnswer, Failure>) -> Void

    let base: any Backend
    private let asked = Lock<[(query: NameQuery, completion: Completion)]>([])

    init() throws { base = try POSIXBackend() }

    var pending: Int { asked.withLock { $0.count } }

    func startResolving(_ query: NameQuery, completion: @escaping Completion) {
        asked.withLock { $0.append((query, completion)) }
    }

    /// Asks the C library now, for all.
    func answerAll() {
        for (query, completion) in asked.withLock({ $0 }) {
            completion(Result { () throws(Failure) in try base.resolve(query) })
        }
    }
}

private enum Wrap: CaseIterable {
    case bare, recorded, faulty

    func network(_ names: SlowNames) throws(SocketError) -> Network {
        switch self {
        case .bare: try Network(.existing(names))
        case .recorded: try Network(.existing(names).recorded(by: Recorder()))
        case .faulty: try Network(.existing(names).injecting(FaultPlan()))
        }
    }
}

private func code<Value>(_ body: () async throws -> Value) async -> SocketError.Code? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? SocketError)?.code ?? .other
    }
}

@Suite struct `Names that take their time` {
    private typealias Call = @Sendable (Network) async throws -> Void

    private static let calls: [Call] = [
        { _ = try await $0.addresses(of: "slow.example") }, { _ = try await $0.host(named: "slow.example") },
        { _ = try await $0.host(at: "slow.example") }, { _ = try await $0.fullyQualifiedName(of: "slow.example") },
        { _ = try await $0.connect(to: "slow.example", port: 1) }, { _ = try await $0.connect("slow.example:1") },
        { _ = try await $0.listen(host: "slow.example", port: 0) },
        { _ = try await $0.datagrams(at: "slow.example:0") },
        { _ = try await $0.ipv4Address(ofHost: "slow.example") }, { _ = try await $0.port(ofService: "slow") },
    ]

    /// Two of them ask for each family by itself.
    private static var questions: Int { calls.count + 2 }

    private func pend(_ network: Network, _ names: SlowNames, _ count: Int) async throws {
        for _ in 0..<20_000 where names.pending < count { try await network.sleep(for: .milliseconds(1)) }
        #expect(names.pending == count)
    }

    @Test(arguments: Wrap.allCases, [true, false]) private func `a cancel ends them at once, and drops the answer`(
        wrap: Wrap, onExecutor: Bool
    ) async throws {
        let names = try SlowNames()
        let network = try wrap.network(names)
        let executor: (any TaskExecutor)? = onExecutor ? try network.executor : nil
        let tasks = Self.calls.map { call in
            Task(executorPreference: executor) { await code { try await call(network) } }
        }
        try await pend(network, names, Self.questions)
        for task in tasks { task.cancel() }
        for (index, task) in tasks.enumerated() { #expect(await task.value == .cancelled, "call \(index)") }
        names.answerAll()
    }

    @Test(arguments: Wrap.allCases) private func `a deadline ends them, for all that a call has to ask together`(
        wrap: Wrap
    ) async throws {
        let names = try SlowNames()
        let network = try wrap.network(names)
        let deadline = Deadline.within(.milliseconds(3))
        let late: [Call] = [
            { _ = try await $0.addresses(of: "slow.example", deadline: deadline) },
            { _ = try await $0.fullyQualifiedName(of: "slow.example", deadline: deadline) },
            { _ = try await $0.connect(to: "slow.example", port: 1, deadline: deadline) },
            { _ = try await $0.listen("slow.example:0", deadline: deadline) },
            { network in try await network.withDeadline(deadline) { _ = try await network.addresses(of: "slow") } },
        ]
        for (index, call) in late.enumerated() {
            #expect(await code { try await call(network) } == .timedOut, "call \(index)")
        }
        // The last one's task may have been late to begin, and asked nothing.
        let asked = names.pending
        #expect(asked >= late.count - 1)
        #expect(await code { try await network.addresses(of: "slow", deadline: .immediate) } == .wouldBlock)
        #expect(names.pending == asked)
        names.answerAll()
    }

    @Test(arguments: Wrap.allCases) private func `closing the network ends them`(wrap: Wrap) async throws {
        let names = try SlowNames()
        let network = try wrap.network(names)
        let tasks = Self.calls.map { call in Task { await code { try await call(network) } } }
        try await pend(network, names, Self.questions)
        try await network.close()
        for (index, task) in tasks.enumerated() { #expect(await task.value == .closed, "call \(index)") }
        names.answerAll()
    }

    @Test(arguments: Wrap.allCases) private func `the answer that comes in time counts`(wrap: Wrap) async throws {
        let names = try SlowNames()
        let network = try wrap.network(names)
        let task = Task { try await network.addresses(of: "localhost", service: "80", family: .ipv4, deadline: .net) }
        try await pend(network, names, 1)
        names.answerAll()
        #expect(try await task.value.first?.address == .ipv4(.loopback, port: 80))
    }

    @Test(arguments: Wrap.allCases) private func `what is numeric never comes here`(wrap: Wrap) async throws {
        let names = try SlowNames()
        let network = try wrap.network(names)
        let listener = try await network.listen("127.0.0.1:0")
        let port = Int(try listener.localAddress().port ?? 0)
        for host in ["127.0.0.1", "0x7f.1", "2130706433", "127.1", ""] {
            _ = try await network.connect(to: host, port: port, family: .ipv4, deadline: .net)
            _ = try await network.ipv4Address(ofHost: host)
            _ = try await network.addresses(of: host, port: 80)
        }
        _ = try await network.addresses(of: "fe80::1%lo", service: "80")
        _ = try await network.connect("127.0.0.1:\(port)", deadline: .net)
        _ = try await network.listen("[::1]:0")
        _ = try await network.listen(port: 0)
        _ = try await network.datagrams(at: ":0")
        _ = try await network.host(named: "127.0.0.1")
        _ = try await network.name(of: .ipv6(.loopback, port: 1), flags: [.numericHost, .numericService])
        #expect(names.pending == 0)
    }
}
