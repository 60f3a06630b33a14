import Sockets
import TestSupport
import Testing

@Suite struct `Looking up names` {
    @Test(arguments: Backends.all) func `a host and a service give addresses for sockets`(backend: TestBackend) throws {
        let found = try backend.network().addresses(of: "127.0.0.1", service: "http", type: .stream)
        #expect(found.map(\.address) == [.ipv4(.loopback, port: 80)])
        #expect(found.first?.type == .stream)
        #expect(found.first?.protocol == .tcp)
        #expect(found.first?.family == .ipv4)
    }

    @Test(arguments: Backends.all) func `without a type every type is offered`(backend: TestBackend) throws {
        let found = try backend.network().addresses(of: "127.0.0.1", port: 80)
        #expect(Set(found.map(\.type)).isSuperset(of: [.stream, .datagram]))
    }

    @Test(arguments: Backends.all, [String?.none, ""]) func `no host is this host`(backend: TestBackend, host: String?)
        throws
    {
        let network = try backend.network()
        let own = try network.addresses(of: host, service: "80", type: .stream)
        #expect(!own.isEmpty && own.allSatisfy { $0.address.ip?.isLoopback == true })
        let any = try network.addresses(of: host, service: "80", type: .stream, flags: .passive)
        #expect(!any.isEmpty && any.allSatisfy { $0.address.ip?.isAny == true })
    }

    @Test(arguments: Backends.all, [String?.none, ""]) func `no service is port 0`(
        backend: TestBackend, service: String?
    ) throws {
        let found = try backend.network().addresses(of: "::1", service: service, type: .stream)
        #expect(found.map(\.address) == [.ipv6(.loopback, port: 0)])
    }

    @Test(arguments: Backends.all, ["65536", "99999", "4294967376", " 65616", "+80", "-1", "\t-9223372036854775808"])
    func `a service beyond all ports is refused`(
        backend: TestBackend, service: String
    ) throws {
        let network = try backend.network()
        #expect(
            code { () throws(SocketError) in try network.addresses(of: "127.0.0.1", service: service) }
                == .invalidArgument)
    }

    /// `localhost` in full-width letters. Without libidn2, and where names are not the C library's, it cannot be encoded.
    @Test(arguments: Backends.all) func `an international name is encoded`(backend: TestBackend) throws {
        let name = "\u{FF4C}\u{FF4F}\u{FF43}\u{FF41}\u{FF4C}\u{FF48}\u{FF4F}\u{FF53}\u{FF54}"
        let network = try backend.network()
        do throws(SocketError) {
            let found = try network.addresses(of: name, port: 80, type: .stream, flags: .internationalName)
            #expect(found.allSatisfy { $0.address.ip?.isLoopback == true })
            #expect(!found.isEmpty)
        } catch {
            #expect(error.cause == .resolution(ResolutionError(.idnEncoding)))
        }
    }

    @Test(arguments: Backends.all) func `neither host nor service is no question`(backend: TestBackend) throws {
        let network = try backend.network()
        for (host, service) in [(nil, nil), ("", ""), (nil, "")] as [(String?, String?)] {
            let error = failure { () throws(SocketError) in try network.addresses(of: host, service: service) }
            #expect(error?.cause == .resolution(ResolutionError(.noName)))
        }
    }

    @Test(arguments: Backends.all) func `a numeric host's canonical name is itself`(backend: TestBackend) throws {
        let found = try backend.network().addresses(of: "127.0.0.1", port: 1, type: .stream, flags: .canonicalName)
        #expect(found.first?.canonicalName == "127.0.0.1")
        let plain = try backend.network().addresses(of: "127.0.0.1", port: 1, type: .stream)
        #expect(plain.first?.canonicalName == nil)
    }

    @Test(arguments: Backends.all) func `flags are passed on`(backend: TestBackend) throws {
        let network = try backend.network()
        func cause(_ host: String, _ service: String, _ flags: AddressInfoFlags) -> SocketError.Cause? {
            failure { () throws(SocketError) in try network.addresses(of: host, service: service, flags: flags) }?.cause
        }
        #expect(cause("localhost", "80", .numericHost) == .resolution(ResolutionError(.noName)))
        #expect(cause("127.0.0.1", "http", .numericService) == .resolution(ResolutionError(.noName)))
        #expect(
            cause("127.0.0.1", "80", AddressInfoFlags(rawValue: 1 << 30)) == .resolution(ResolutionError(.badFlags)))
        let mapped = try network.addresses(of: "127.0.0.1", port: 1, family: .ipv6, type: .stream, flags: .ipv4Mapped)
        #expect(mapped.first?.address.isV4Mapped == true)
    }

    @Test(arguments: Backends.all) func `what cannot be is told with its cause`(backend: TestBackend) throws {
        let network = try backend.network()
        let family = failure { () throws(SocketError) in try network.addresses(of: "127.0.0.1", port: 1, family: .ipv6)
        }
        #expect(family?.cause == .resolution(ResolutionError(.addressFamily)))
        #expect(family?.code == .resolutionFailed)
        let service = failure { () throws(SocketError) in
            try network.addresses(of: "127.0.0.1", service: "no-such-service", type: .stream)
        }
        #expect(service?.cause == .resolution(ResolutionError(.service)))
        #expect(service?.description.contains("no-such-service") == true)
        #expect(code { () throws(SocketError) in try network.addresses(of: "a\0b", port: 1) } == .invalidArgument)
    }

    @Test(arguments: Backends.all) func `an address has names, or numbers where they are asked for`(
        backend: TestBackend
    ) throws {
        let network = try backend.network()
        let address = SocketAddress.ipv4(.loopback, port: 80)
        #expect(try network.name(of: address).host.contains("localhost"))
        #expect(try network.name(of: address).service == "http")
        #expect(try network.name(of: address, flags: [.numericHost, .numericService]) == ("127.0.0.1", "80"))
        let syslog = SocketAddress.ipv4(.loopback, port: 514)
        #expect(try network.name(of: syslog, flags: .datagram).service == "syslog")
        #expect(try network.name(of: .ipv6(.loopback, port: 1), flags: .numericHost).host == "::1")
        let nameless = SocketAddress.ipv4(IPv4Address(192, 0, 2, 1), port: 1)
        let error = failure { () throws(SocketError) in try network.name(of: nameless, flags: .nameRequired) }
        #expect(error?.code == .resolutionFailed)
        #expect(error?.subject == .address(nameless))
    }

    @Test(arguments: Backends.all) func `an address that has no names at all is told`(backend: TestBackend) throws {
        let network = try backend.network()
        #expect(failure { () throws(SocketError) in try network.name(of: .unspecified) }?.code == .resolutionFailed)
    }

    @Test(arguments: Backends.all) func `hosts give their first IPv4 address`(backend: TestBackend) throws {
        let network = try backend.network()
        #expect(try network.ipv4Address(ofHost: "localhost") == .loopback)
        #expect(try network.ipv4Address(ofHost: "10.1.2.3") == IPv4Address(10, 1, 2, 3))
        #expect(code { () throws(SocketError) in try network.ipv4Address(ofHost: "::1") } == .resolutionFailed)
    }

    @Test(arguments: Backends.all) func `a host's entry has its names and addresses`(backend: TestBackend) throws {
        let network = try backend.network()
        let entry = try network.host(named: "localhost")
        #expect(entry.name == "localhost")
        #expect(entry.addresses.contains(.v4(.loopback)))
        #expect(try network.host(named: "127.0.0.1").addresses == [.v4(.loopback)])
        let error = failure { () throws(SocketError) in try network.host(named: "bad name") }
        #expect(error?.code == .resolutionFailed)
        guard case .host? = error?.cause else {
            Issue.record("\(String(describing: error?.cause)) is no HostError")
            return
        }
    }

    @Test(arguments: Backends.all) func `an address has a host, given as value or text or name`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        let entry = try network.host(at: .v4(.loopback))
        #expect(entry.name == "localhost")
        #expect(entry.addresses == [.v4(.loopback)])
        #expect(try network.host(at: "127.0.0.1") == entry)
        #expect(try network.host(at: "localhost").name == "localhost")
        #expect(code { () throws(SocketError) in try network.host(at: "no such host") } == .resolutionFailed)
    }

    @Test(arguments: Backends.all) func `the host has a name`(backend: TestBackend) throws {
        #expect(try !backend.network().hostName().isEmpty)
    }

    @Test(arguments: Backends.all) func `protocols and services are found by name and number`(backend: TestBackend)
        throws
    {
        let network = try backend.network()
        #expect(try network.protocolNumber(named: "icmp") == .icmp)
        #expect(try network.protocolNumber(named: "tcp") == .tcp)
        #expect(try network.port(ofService: "http") == 80)
        #expect(try network.port(ofService: "domain", protocol: "udp") == 53)
        #expect(try network.serviceName(atPort: 443, protocol: "tcp") == "https")
        #expect(try network.serviceName(atPort: 80) == "http")
        #expect(code { () throws(SocketError) in try network.protocolNumber(named: "nonesuch") } == .notFound)
        #expect(
            code { () throws(SocketError) in try network.port(ofService: "http", protocol: "nonesuch") } == .notFound)
        #expect(code { () throws(SocketError) in try network.port(ofService: "") } == .notFound)
        #expect(code { () throws(SocketError) in try network.serviceName(atPort: 0) } == .notFound)
    }

    @Test(arguments: Backends.all) func `interfaces are listed and found`(backend: TestBackend) throws {
        let network = try backend.network()
        let loopback = try #require(try network.interfaces().first { $0.name == "lo" })
        #expect(try network.interfaceIndex(of: "lo") == loopback.index)
        #expect(try network.interfaceName(at: loopback.index) == "lo")
        #expect(code { () throws(SocketError) in try network.interfaceIndex(of: "nosuch0") } == .notFound)
        #expect(code { () throws(SocketError) in try network.interfaceName(at: .max) } == .notFound)
        #expect(code { () throws(SocketError) in try network.interfaceIndex(of: "l\0o") } == .invalidArgument)
    }
}

/// The rules of `getfqdn`, against hosts of our own making.
@Suite struct `Fully qualified names` {
    @Test func `the first name with a period wins`() throws {
        let network = try Network(.existing(NamesBackend()))
        #expect(try network.fullyQualifiedName(of: "10.0.0.1") == "one.example")
        #expect(try network.fullyQualifiedName(of: "10.0.0.2") == "two.example")
    }

    @Test func `without any period the primary name it is`() throws {
        #expect(try Network(.existing(NamesBackend())).fullyQualifiedName(of: "10.0.0.3") == "three")
    }

    @Test func `what is not known stays as it is, trimmed`() throws {
        let network = try Network(.existing(NamesBackend()))
        #expect(try network.fullyQualifiedName(of: "10.9.9.9") == "10.9.9.9")
        #expect(try network.fullyQualifiedName(of: " nowhere\n") == "nowhere")
    }

    @Test(arguments: ["", "0.0.0.0", "  "]) func `no name is this host`(name: String) throws {
        #expect(try Network(.existing(NamesBackend())).fullyQualifiedName(of: name) == "two.example")
    }
}
