import Sockets
import TestSupport
import Testing

/// The stub resolver against a name server of others', over the kernel's backends.
@Suite(.needs("dnsmasq")) struct `A stub resolver and dnsmasq` {
    private let server: DNSMasq

    init() throws {
        let text = String(repeating: "x", count: 250)
        server = try DNSMasq([
            "--host-record=host.test,192.0.2.10,2001:db8::10", "--host-record=four.test,192.0.2.11",
            "--cname=www.test,web.test", "--cname=web.test,host.test", "--mx-host=mail.test,host.test,5",
            "--srv-host=_sip._udp.test,host.test,5060,1,2", "--txt-record=short.test,hello,world",
            "--txt-record=long.test," + Array(repeating: text, count: 8).joined(separator: ","),
            // More than is received at once.
            "--txt-record=huge.test," + Array(repeating: text, count: 100).joined(separator: ","),
            "--naptr-record=n.test,1,2,s,SIP+D2U,,_sip._udp.test", "--caa-record=test,0,issue,ca.test",
            "--dns-rr=odd.test,65280,c0:00:02:01",
        ])
    }

    private func network(_ backend: TestBackend, search: [String] = []) throws -> Network {
        try Network(backend.choice.resolving(.stub(server.stub(search: search))))
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `agree about addresses`(backend: TestBackend)
        async throws
    {
        let network = try network(backend)
        let found = try await network.addresses(of: "host.test", port: 80, type: .stream)
        #expect(Set(found.map { "\($0.address)" }) == ["192.0.2.10:80", "[2001:db8::10]:80"])
        let four = try await network.addresses(of: "four.test", service: "http", type: .stream)
        #expect(four.map { "\($0.address)" } == ["192.0.2.11:80"])
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `agree about aliases`(backend: TestBackend)
        async throws
    {
        let network = try network(backend)
        let found = try await network.addresses(of: "www.test", family: .ipv4, type: .stream, flags: .canonicalName)
        #expect(found.map(\.canonicalName) == ["host.test"])
        let entry = try await network.host(named: "www.test")
        #expect(
            entry
                == HostEntry(
                    name: "host.test", aliases: ["www.test", "web.test"], addresses: [.v4(IPv4Address(192, 0, 2, 10))]))
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `agree about the names of addresses`(
        backend: TestBackend
    ) async throws {
        let network = try network(backend)
        let name = try await network.name(of: SocketAddress(.v4(IPv4Address(192, 0, 2, 11)), port: 22))
        #expect(name.host == "four.test")
        #expect(name.service == "ssh")
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `agree about what is not there`(backend: TestBackend)
        async throws
    {
        let network = try network(backend)
        for (host, family, code) in [
            ("missing.test", AddressFamily.unspecified, ResolutionError.Code.noName), ("four.test", .ipv6, .noData),
        ] {
            let error = await #expect(throws: SocketError.self) {
                try await network.addresses(of: host, family: family)
            }
            #expect(error?.cause == .resolution(ResolutionError(code)))
        }
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `agree in blocking calls`(backend: TestBackend)
        throws
    {
        let network = try network(backend, search: ["nowhere.test", "test"])
        let found = try network.addresses(of: "host", family: .ipv4, type: .stream)
        #expect(found.map { "\($0.address)" } == ["192.0.2.10:0"])
        let answer = try network.records(of: "_sip._udp", .srv)
        #expect(answer.records.map { "\($0.data)" } == ["1 2 5060 host.test."])
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `agree about records of all kinds`(
        backend: TestBackend
    ) async throws {
        let network = try network(backend)
        func text(_ name: String, _ type: DNSRecordType) async throws -> [String] {
            try await network.records(of: name + ".", type).records.map { "\($0.data)" }
        }
        #expect(try await text("mail.test", .mx) == ["5 host.test."])
        #expect(try await text("short.test", .txt) == [#""hello" "world""#])
        #expect(try await text("n.test", .naptr) == [#"1 2 "s" "SIP+D2U" "" _sip._udp.test."#])
        #expect(try await text("test", .caa) == [#"0 issue "ca.test""#])
        #expect(try await text("odd.test", DNSRecordType(rawValue: 65_280)) == [##"\# 4 C0000201"##])
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `agree over TCP when the answer is too long`(
        backend: TestBackend
    )
        async throws
    {
        let network = try network(backend)
        for (name, count) in [("long.test.", 8), ("huge.test.", 100)] {
            let answer = try await network.records(of: name, .txt)
            guard case .txt(let texts)? = answer.records.first?.data else { throw Failure(.other) }
            #expect(texts.map(\.count) == Array(repeating: 250, count: count))
        }
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `agree though many ask at the same time`(
        backend: TestBackend
    ) async throws {
        let network = try network(backend)
        let hosts = ["host.test", "four.test", "missing.test", "www.test"]
        let found = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<400 {
                group.addTask {
                    do throws(SocketError) {
                        return try await network.addresses(of: hosts[number % 4], family: .ipv4, type: .stream).count
                    } catch {
                        return error.code == .resolutionFailed ? 0 : 1000
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(found == 300)
    }
}

@Suite struct `A stub resolver without a server` {
    private func network(_ backend: TestBackend) throws -> Network {
        let server = SocketAddress(.v4(.loopback), port: try DNSMasq.freePort())
        let hosts = HostsFile(parsing: "192.0.2.1 known".utf8)
        let stub = StubConfiguration(resolver: ResolverConfiguration(servers: [server]), hosts: hosts)
        return try Network(backend.choice.resolving(.stub(stub)))
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `says at once that nobody is there`(
        backend: TestBackend
    ) async throws {
        let network = try network(backend)
        let error = await #expect(throws: SocketError.self) { try await network.addresses(of: "host.test") }
        #expect(error?.cause == .resolution(ResolutionError(.tryAgain)))
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `knows what its host knows`(backend: TestBackend)
        async throws
    {
        let network = try network(backend)
        #expect(
            try await network.addresses(of: "known", port: 1, type: .stream).map { "\($0.address)" } == ["192.0.2.1:1"])
        #expect(try await network.addresses(of: "::1", port: 1, type: .stream).map { "\($0.address)" } == ["[::1]:1"])
        let local = try await network.addresses(of: "localhost", port: 1, type: .stream)
        #expect(Set(local.map { "\($0.address)" }) == ["[::1]:1", "127.0.0.1:1"])
        #expect(try network.hostName() == Network(backend.choice).hostName())
        #expect(try network.interfaces() == Network(backend.choice).interfaces())
    }

    @Test(arguments: Backends.distinctKernel(.otherPrograms)) func `lets who waits go`(backend: TestBackend)
        async throws
    {
        // A server that never answers.
        let silent = try Network(.posix).socket(.ipv4, .datagram)
        try silent.bind(to: SocketAddress(.v4(.loopback), port: 0))
        let stub = StubConfiguration(resolver: ResolverConfiguration(servers: [try silent.localAddress()]))
        let network = try Network(backend.choice.resolving(.stub(stub)))
        let task = Task { try await network.addresses(of: "host.test") }
        // The question has come.
        _ = try await silent.receiveFrom(512)
        task.cancel()
        let error = await #expect(throws: SocketError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        let late = await #expect(throws: SocketError.self) {
            try await network.addresses(of: "host.test", deadline: .within(.milliseconds(1)))
        }
        #expect(late?.code == .timedOut)
        try await network.close()
    }

    @Test func `has records only where it is chosen`() async throws {
        let network = try Network(.posix)
        let error = await #expect(throws: SocketError.self) { try await network.records(of: "host.test", .a) }
        #expect(error?.code == .unsupported)
    }

    @Test func `reads what this machine's files say`() throws {
        let stub = try StubConfiguration.system()
        #expect(!stub.resolver.servers.isEmpty)
        #expect(!stub.order.hosts.isEmpty)
    }
}
