import BackendPOSIX
import SocketModel
import Sockets
import Testing

/// What numbers, services and protocols mean needs no name service: it is the same on the kernel's backend, to the last error.
@Suite struct `Names agree with the C library` {
    private let simulation = Simulation()

    private func check(_ queries: [NameQuery]) throws {
        let kernel = try POSIXBackend()
        let simulated = simulation.host("here").backend
        let differences = queries.compactMap { query -> String? in
            let (ours, kernels) = (answer(simulated, query), answer(kernel, query))
            return ours == kernels ? nil : "\(query): \(ours) instead of \(kernels)"
        }
        #expect(differences == [])
    }

    private static let hosts: [String?] = [
        nil, "*", "", "127.0.0.1", "10.1.2.3", "1.2.3", "0x7f.1", "010.0.0.1", "2130706433", "::1", "fd00::7", "::",
        "::ffff:1.2.3.4", "::1%lo", "::1%1", "fe80::1%lo", "fe80::1%99", "fe80::1%nope", "fe80::1%0", "ff02::1%lo",
    ]

    @Test(arguments: hosts) func `of numeric hosts`(host: String?) throws {
        let families: [AddressFamily] = [.unspecified, .ipv4, .ipv6, .unix]
        let flags: [AddressInfoFlags] = [
            [], .passive, .canonicalName, .ipv4Mapped, [.ipv4Mapped, .all], .configuredFamiliesOnly,
            AddressInfoFlags(rawValue: 1 << 20), [.passive, .canonicalName],
        ]
        try check(
            families.flatMap { family in
                flags.map { flags in
                    // No look-up leaves this machine.
                    .addresses(
                        AddressQuery(host: host, service: "7", family: family, flags: flags.union(.numericHost)))
                }
            })
    }

    private static let services: [String?] = [
        nil, "*", "", "http", "www", "domain", "syslog", "ntp", "amqp", "echo", "nonesuch", "HTTP", "0", "80", " 80",
        "+80", "-1", "80 ", "80x", "70000", "4294967295", "99999999999999999999", "-", "x",
    ]

    @Test(arguments: services) func `of services for kinds of sockets`(service: String?) throws {
        let types: [SocketType?] = [
            nil, .stream, .datagram, .raw, .sequencedPacket, .dccp, .packet, SocketType(rawValue: 0),
        ]
        let numbers: [IPProtocol] = [.default, .tcp, .udp, .sctp, .udpLite, .dccp, .icmp, IPProtocol(rawValue: 99)]
        try check(
            types.flatMap { type in
                numbers.flatMap { number in
                    [[], .numericService].map { (flags: AddressInfoFlags) in
                        .addresses(
                            AddressQuery(
                                host: "127.0.0.1", service: service, type: type, protocol: number, flags: flags))
                    }
                }
            })
    }

    @Test func `of the databases`() throws {
        let names = ["tcp", "udp", "icmp", "ip", "TCP", "ipv6-icmp", "sctp", "nonesuch", "", "t\0cp"]
        let services = ["http", "www", "syslog", "shell", "domain", "nonesuch", "", "ht\0tp"]
        let ports: [UInt16] = [0, 7, 53, 80, 443, 514, 5672, 60_001]
        let transports: [String?] = [nil, "tcp", "udp", "sctp", "nonesuch"]
        try check(
            names.map { .protocolByName($0) }
                + transports.flatMap { transport in
                    services.map { .serviceByName($0, protocol: transport) }
                        + ports.map { .serviceByPort($0, protocol: transport) }
                })
    }

    @Test func `of addresses' names as numbers`() throws {
        let addresses: [SocketAddress] = [
            .ipv4(.loopback, port: 80), .ipv4(IPv4Address(10, 1, 2, 3), port: 514), .ipv6(.loopback, port: 1),
            .ipv6(.loopback, port: 53, zone: .index(1)), .ipv6(linkLocal, port: 53, zone: .index(1)),
            .ipv6(linkLocal, port: 53, zone: .index(4_000_000)), .unspecified,
            .unix(try UNIXAddress(path: "/tmp/socket")), .unix(try UNIXAddress(abstract: "name")),
            .unix(try UNIXAddress(path: "/a/path/that/is/longer/than/thirty-one/bytes")),
        ]
        let flags: [NameInfoFlags] = [
            .numericHost, [.numericHost, .numericService], [.numericHost, .datagram], [.numericHost, .nameRequired],
            NameInfoFlags(rawValue: 1 << 20),
        ]
        try check(addresses.flatMap { address in flags.map { .name(address, $0) } })
    }

    private var linkLocal: IPv6Address { IPv6Address(0xfe80, 0, 0, 0, 0, 0, 0, 1) }

    @Test func `of hosts and interfaces`() throws {
        try check(
            ["localhost", "127.0.0.1", "127.1", "0x7f.1", "::1", "a\0b"].map { .hostByName($0) }
                + [
                    .hostByAddress(.v4(.loopback)), .name(.ipv6(IPv6Address(mapping: .loopback), port: 80), []),
                    .hostByAddress(.v6(.any)), .name(.ipv4(.loopback, port: 80), []),
                ]
                + ["lo", "nosuch0", ""].map { .interfaceIndex($0) } + [0, 1, .max].map { .interfaceName($0) })
    }
}

func answer(_ backend: any Backend, _ query: NameQuery) -> Result<NameAnswer, SocketModel.Failure> {
    Result { () throws(SocketModel.Failure) in try backend.resolve(query) }
}
