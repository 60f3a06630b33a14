import Glibc
import ProcessControl
import Sockets
import TestSupport
import Testing

/// A real DNS server, in a network of the test's own, where libc asks it alone.
@Suite(
    .serialized,
    .enabled(
        if: NameServer.isAvailable,
        "takes dnsmasq and the privilege to make a network namespace"))
struct `With a name server` {
    @Test(arguments: Backends.kernel(.processes)) func `both forms give its answers`(backend: TestBackend) async {
        await #expect(processExitsWith: .success) { [backend] in try NameServer.answers(backend) }
    }

    @Test(arguments: Backends.kernel(.processes))
    func `a server that is silent or gone is told, and nobody waits for it in vain`(
        backend: TestBackend
    ) async {
        await #expect(processExitsWith: .success) { [backend] in try NameServer.silence(backend) }
    }
}

/// The bodies of the children. What asks names runs on the entered thread, or on threads that it started.
enum NameServer {
    static var isAvailable: Bool { Programs.path("dnsmasq") != nil && control_may_have_own_network() != 0 }

    /// Enters a network of its own, in which `127.0.0.1` is asked for names.
    private static func enter(_ directory: TemporaryDirectory) {
        Process.close(
            directory.file(Array("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n".utf8), named: "resolv"))
        Process.require(unsafe control_enter_own_network(directory.path + "/resolv") == 0, "no network of its own")
    }

    private static func start() throws -> Child {
        let arguments = [
            "--keep-in-foreground", "--conf-file=/dev/null", "--no-hosts", "--no-resolv", "--pid-file=",
            "--listen-address=127.0.0.1", "--bind-interfaces", "--user=root", "--log-facility=/dev/null",
            "--local=/test/", "--host-record=one.test,10.1.2.3", "--host-record=two.test,10.9.8.7,fd00::7",
            "--cname=alias.test,two.test",
        ]
        return try Child(named: "dnsmasq", arguments)
    }

    /// Waits for a task on the network's executor.
    private static func onExecutor(
        _ network: Network, _ body: @escaping @Sendable () async throws -> Void
    ) throws {
        let (a, b) = try network.socketPair()
        let executor = try network.executor
        Task(executorPreference: executor) {
            do {
                try await body()
                try await b.sendAll("k")
            } catch {
                Process.require(false, "\(error)")
            }
        }
        Process.require(try a.receive(1, deadline: .net)?.description == "k", "the task did not end")
    }

    static func answers(_ backend: TestBackend) throws {
        let directory = TemporaryDirectory()
        enter(directory)
        let server = try start()
        defer { server.signal(SIGKILL) }
        let network = try backend.network()
        for _ in 0..<10_000 where (try? network.host(named: "one.test")) == nil { Process.pause() }

        let expected = [
            "[10.1.2.3:80]", "[10.9.8.7:80, [fd00::7]:80]", "two.test", "two.test", "two.test", "two.test",
        ]
        let blocking = try [
            sorted(network.addresses(of: "one.test", port: 80, type: .stream)),
            sorted(network.addresses(of: "two.test", port: 80, type: .stream)),
            network.addresses(of: "alias.test", flags: .canonicalName).first?.canonicalName ?? "",
            network.host(at: "10.9.8.7").name, network.name(of: .ipv4(IPv4Address(10, 9, 8, 7), port: 1)).host,
            network.fullyQualifiedName(of: "10.9.8.7"),
        ]
        Process.require(blocking == expected, "\(blocking)")
        let none = failure { () throws(SocketError) in try network.addresses(of: "none.test") }
        Process.require(none?.cause == .resolution(ResolutionError(.noName)), "\(String(describing: none))")
        try onExecutor(network) {
            let awaited = [
                sorted(try await network.addresses(of: "one.test", port: 80, type: .stream)),
                sorted(try await network.addresses(of: "two.test", port: 80, type: .stream)),
                try await network.addresses(of: "alias.test", flags: .canonicalName).first?.canonicalName ?? "",
                try await network.host(at: "10.9.8.7").name,
                try await network.name(of: .ipv4(IPv4Address(10, 9, 8, 7), port: 1)).host,
                try await network.fullyQualifiedName(of: "10.9.8.7"),
            ]
            Process.require(awaited == blocking, "\(awaited)")
            let error = await awaitedFailure { try await network.addresses(of: "none.test") }
            Process.require(error == none, "\(String(describing: error))")
        }
    }

    private static func sorted(_ found: [AddressInfo]) -> String {
        "[\(found.map { "\($0.address)" }.sorted().joined(separator: ", "))]"
    }

    static func silence(_ backend: TestBackend) throws {
        let directory = TemporaryDirectory()
        enter(directory)
        let network = try backend.network()
        // Nobody listens: that is known at once.
        let gone = failure { () throws(SocketError) in try network.addresses(of: "one.test") }
        Process.require(gone?.cause == .resolution(ResolutionError(.tryAgain)), "\(String(describing: gone))")
        let silent = try network.datagrams(at: "127.0.0.1:53")
        try onExecutor(network) {
            // Other tasks would not prefer the executor by themselves, and be outside this network.
            let executor = try network.executor
            let deadline = Deadline.within(.milliseconds(20))
            let late = await awaitedCode { try await network.addresses(of: "one.test", deadline: deadline) }
            Process.require(late == .timedOut, "\(String(describing: late))")
            let call = Task(executorPreference: executor) {
                await awaitedCode { try await network.connect(to: "one.test", port: 1) }
            }
            try await network.sleep(for: .milliseconds(5))
            call.cancel()
            let cancelled = await call.value
            Process.require(cancelled == .cancelled, "\(String(describing: cancelled))")
            // More look-ups than threads: those that wait their turn are given up as promptly, and the socket's calls are not delayed.
            let calls = (0..<20).map { number in
                Task(executorPreference: executor) {
                    await awaitedCode { try await network.addresses(of: "n\(number).test") }
                }
            }
            _ = try await silent.receive(deadline: .net)
            for call in calls { call.cancel() }
            for call in calls {
                let code = await call.value
                Process.require(code == .cancelled, "\(String(describing: code))")
            }
        }
    }
}
