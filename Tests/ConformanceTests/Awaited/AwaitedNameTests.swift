import Sockets
import TestSupport
import Testing

/// A look-up in both forms; what comes of it, or the error, as text.
struct LookupPair: Sendable, CustomTestStringConvertible {
    let name: String
    let blocking: @Sendable (Network) throws -> String
    let awaited: @Sendable (Network) async throws -> String

    var testDescription: String { name }

    static let all: [LookupPair] = [
        LookupPair(name: "addresses of a name") {
            "\(try $0.addresses(of: "localhost", service: "http"))"
        } awaited: {
            "\(try await $0.addresses(of: "localhost", service: "http"))"
        },
        LookupPair(name: "addresses and a port") {
            "\(try $0.addresses(of: "localhost", port: 80, family: .ipv4, type: .stream, flags: .canonicalName))"
        } awaited: {
            "\(try await $0.addresses(of: "localhost", port: 80, family: .ipv4, type: .stream, flags: .canonicalName))"
        },
        LookupPair(name: "a numeric address") {
            "\(try $0.addresses(of: "127.1", port: 80))"
        } awaited: {
            "\(try await $0.addresses(of: "127.1", port: 80))"
        },
        LookupPair(name: "no host") {
            "\(try $0.addresses(of: nil, service: "http", flags: .passive))"
        } awaited: {
            "\(try await $0.addresses(of: nil, service: "http", flags: .passive))"
        },
        LookupPair(name: "a service that is none") {
            "\(try $0.addresses(of: "127.0.0.1", service: "nonesuch"))"
        } awaited: {
            "\(try await $0.addresses(of: "127.0.0.1", service: "nonesuch"))"
        },
        LookupPair(name: "a service beyond all ports") {
            "\(try $0.addresses(of: "localhost", service: "65536"))"
        } awaited: {
            "\(try await $0.addresses(of: "localhost", service: "65536"))"
        },
        LookupPair(name: "a port beyond all ports") {
            "\(try $0.addresses(of: "localhost", port: 65536))"
        } awaited: {
            "\(try await $0.addresses(of: "localhost", port: 65536))"
        },
        LookupPair(name: "a name with a NUL") {
            "\(try $0.addresses(of: "a\0b"))"
        } awaited: {
            "\(try await $0.addresses(of: "a\0b"))"
        },
        LookupPair(name: "a malformed name") {
            "\(try $0.addresses(of: "a b"))"
        } awaited: {
            "\(try await $0.addresses(of: "a b"))"
        },
        LookupPair(name: "names of an address") {
            "\(try $0.name(of: .ipv4(.loopback, port: 80)))"
        } awaited: {
            "\(try await $0.name(of: .ipv4(.loopback, port: 80)))"
        },
        LookupPair(name: "numbers of an address") {
            "\(try $0.name(of: .ipv6(.loopback, port: 80), flags: [.numericHost, .numericService]))"
        } awaited: {
            "\(try await $0.name(of: .ipv6(.loopback, port: 80), flags: [.numericHost, .numericService]))"
        },
        LookupPair(name: "no address") {
            "\(try $0.name(of: .unspecified))"
        } awaited: {
            "\(try await $0.name(of: .unspecified))"
        },
        LookupPair(name: "the IPv4 address of a name") {
            "\(try $0.ipv4Address(ofHost: "localhost"))"
        } awaited: {
            "\(try await $0.ipv4Address(ofHost: "localhost"))"
        },
        LookupPair(name: "the IPv4 address of an IPv6 one") {
            "\(try $0.ipv4Address(ofHost: "::1"))"
        } awaited: {
            "\(try await $0.ipv4Address(ofHost: "::1"))"
        },
        LookupPair(name: "a host's entry") {
            "\(try $0.host(named: "localhost"))"
        } awaited: {
            "\(try await $0.host(named: "localhost"))"
        },
        LookupPair(name: "the entry of an address") {
            "\(try $0.host(at: .v4(.loopback)))"
        } awaited: {
            "\(try await $0.host(at: .v4(.loopback)))"
        },
        LookupPair(name: "the entry of a name's address") {
            "\(try $0.host(at: "localhost"))"
        } awaited: {
            "\(try await $0.host(at: "localhost"))"
        },
        LookupPair(name: "the entry of no host") {
            "\(try $0.host(at: "no such host"))"
        } awaited: {
            "\(try await $0.host(at: "no such host"))"
        },
        LookupPair(name: "this host's full name") {
            "\(try $0.fullyQualifiedName())"
        } awaited: {
            "\(try await $0.fullyQualifiedName())"
        },
        LookupPair(name: "the full name of no host") {
            "\(try $0.fullyQualifiedName(of: " a b "))"
        } awaited: {
            "\(try await $0.fullyQualifiedName(of: " a b "))"
        },
        LookupPair(name: "a protocol") {
            "\(try $0.protocolNumber(named: "icmp"))"
        } awaited: {
            "\(try await $0.protocolNumber(named: "icmp"))"
        },
        LookupPair(name: "no protocol") {
            "\(try $0.protocolNumber(named: "nonesuch"))"
        } awaited: {
            "\(try await $0.protocolNumber(named: "nonesuch"))"
        },
        LookupPair(name: "a service's port") {
            "\(try $0.port(ofService: "domain", protocol: "udp"))"
        } awaited: {
            "\(try await $0.port(ofService: "domain", protocol: "udp"))"
        },
        LookupPair(name: "a port's service") {
            "\(try $0.serviceName(atPort: 80))"
        } awaited: {
            "\(try await $0.serviceName(atPort: 80))"
        },
        LookupPair(name: "the service of no port") {
            "\(try $0.serviceName(atPort: -1))"
        } awaited: {
            "\(try await $0.serviceName(atPort: -1))"
        },
    ]
}

@Suite struct `Awaiting names` {
    @Test(arguments: Backends.all, NetworkPlace.allCases) func `both forms give the same answers and errors`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            for pair in LookupPair.all {
                let blocking = try Aside(network) { () throws(SocketError) in text { try pair.blocking(network) } }
                let expected = try await blocking.outcome().get()
                let found = try await place.run(network) { await text { try await pair.awaited(network) } }
                #expect(found == expected, "\(pair.name)")
            }
        }
    }

    private func text(_ body: () throws -> String) -> String {
        do { return try body() } catch { return "\(error)" }
    }

    private func text(_ body: () async throws -> String) async -> String {
        do { return try await body() } catch { return "\(error)" }
    }

    @Test(arguments: Backends.all, NetworkPlace.allCases) func `a cancelled task asks nothing, not even at once`(
        backend: TestBackend, place: NetworkPlace
    ) async throws {
        try await backend.run { network in
            let codes = try await place.run(network) {
                await withTaskGroup(of: [SocketError.Code?].self) { group in
                    group.cancelAll()
                    group.addTask {
                        [
                            await awaitedCode { try await network.addresses(of: "localhost") },
                            await awaitedCode { try await network.addresses(of: "127.0.0.1", port: 1) },
                            await awaitedCode { try await network.fullyQualifiedName() },
                            await awaitedCode { try await network.connect(to: "localhost", port: 1) },
                            await awaitedCode { try await network.listen(host: "localhost", port: 0) },
                        ]
                    }
                    return await group.next() ?? []
                }
            }
            #expect(codes == Array(repeating: .cancelled, count: 5))
        }
    }

    @Test(arguments: Backends.all) func `what must not wait would block, unless it is numeric`(backend: TestBackend)
        async throws
    {
        try await backend.run { network async throws in
            let late = network.now
            #expect(
                await awaitedCode { try await network.addresses(of: "localhost", deadline: .immediate) } == .wouldBlock)
            #expect(
                await awaitedCode { try await network.connect("localhost:1", deadline: .immediate) } == .wouldBlock)
            #expect(try await network.addresses(of: "::1", port: 1, type: .stream, deadline: .immediate).count == 1)
            #expect(try await network.ipv4Address(ofHost: "10.1", deadline: .at(late)) == IPv4Address(10, 0, 0, 1))
            #expect(try await network.listen("127.0.0.1:0", deadline: .immediate).family == .ipv4)
        }
    }

    @Test(arguments: ["", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.9.9.9", " nowhere\n"])
    func `the rules of full names are the blocking form's`(name: String) async throws {
        let network = try Network(.existing(NamesBackend()))
        #expect(try await network.fullyQualifiedName(of: name) == blocking(network, name))
    }

    private func blocking(_ network: Network, _ name: String) throws -> String {
        try network.fullyQualifiedName(of: name)
    }

    @Test func `a deadline needs executors`() async throws {
        let network = try Network(.existing(NamesBackend()))
        let error = await awaitedFailure {
            try await network.host(at: .v4(.loopback), deadline: .within(.seconds(1)))
        }
        #expect(error?.code == .unsupported)
        #expect(await awaitedCode { try await network.sleep(for: .seconds(1)) } == .unsupported)
    }

    @Test(arguments: Backends.all) func `a socket's own host is looked up while its task is suspended`(
        backend: TestBackend
    ) async throws {
        try await backend.run { network in
            let listener = try await network.listen(host: "localhost", port: 0, families: .ipv4)
            #expect(try listener.localAddress().ip?.isLoopback == true)
            let datagrams = try await network.datagrams(at: "localhost:0")
            #expect(datagrams.type == .datagram)
            #expect(await awaitedCode { try await network.listen("a b:80") } == .invalidAddress)
            #expect(await awaitedCode { try await network.listen(port: 65536) } == .invalidArgument)
        }
    }
}
