import Sockets
import TestSupport
import Testing

/// Hosts with a router between them, which simulations have not, and interfaces that are down.
extension Scene {
    /// The addresses of the one beyond the router.
    private func far(_ family: AddressFamily, port: UInt16 = 0) -> SocketAddress {
        family == .ipv4
            ? .ipv4(IPv4Address(10, 2, 0, 1), port: port) : .ipv6(IPv6Address(high: 0xfd02 << 48, low: 1), port: port)
    }

    /// The router passes no packet on of more than 1,280 bytes, and says so: who sends whole datagrams is told, and knows from then on.
    func pathMTU() async throws {
        for family in bothFamilies {
            let other = try await c.datagrams(family, at: far(family))
            let one = try await a.socket(family, .datagram)
            if family == .ipv4 {
                try one.socket.set(.ip.pathMTUDiscovery, .always)
            } else {
                try one.socket.set(.ipv6.dontFragment, true)
            }
            try await one.connect(to: other.address)
            let most = family == .ipv4 ? 1252 : 1232
            try await one.send(pattern(most + 1))
            #expect(await endingErrno { try await one.receive() } == .messageTooLong)
            #expect(await endingErrno { try await one.send(pattern(most + 1)) } == .messageTooLong)
            let mtu = try family == .ipv4 ? one.socket.get(.ip.pathMTU) : one.socket.get(.ipv6.pathMTU)
            #expect(mtu == 1280)
            try await one.send(pattern(most))
            #expect(try await other.receive() == pattern(most))
        }
    }

    /// A stream finds out what the way takes.
    func smallPackets() async throws {
        for family in bothFamilies {
            let listener = try await c.listener(family, at: far(family))
            let client = try await a.socket(family)
            try await client.connect(to: listener.address)
            let server = try await listener.accept().connection
            let bytes = pattern(300_000)
            async let sent: Void = client.send(bytes)
            #expect(try await server.receive(exactly: bytes.count) == bytes)
            try await sent
        }
    }

    /// What the router answers is what a connect fails with.
    func routersAnswers() async throws {
        let answers: [(String, Errno)] = [
            ("10.9.0.1:9", .noRouteToHost), ("203.0.113.9:9", .networkUnreachable),
            ("[fd09::1]:9", .networkUnreachable),
            ("[2001:db8::9]:9", .networkUnreachable),
        ]
        for (text, expected) in answers {
            let address = try #require(SocketAddress(text))
            let client = try await a.socket(address.family)
            let error = await awaitedFailure { try await client.connect(to: address) }
            #expect(error?.errno == expected, "\(address): \(String(describing: error))")
        }
    }

    /// Packets that may take no more hop end at the router.
    func hopLimit() async throws {
        for family in bothFamilies {
            let listener = try await c.listener(family, at: far(family))
            let client = try await a.socket(family)
            if family == .ipv4 {
                try client.socket.set(.ip.timeToLive, 1)
            } else {
                try client.socket.set(.ipv6.unicastHops, 1)
            }
            let address = try listener.address
            let error = await awaitedFailure { try await client.connect(to: address) }
            #expect(error?.errno == .noRouteToHost, "\(form): \(String(describing: error))")
        }
    }

    /// An interface of one's own that is down: nothing leads anywhere, and connections end with the time they were given.
    func ownInterface() async throws {
        for family in bothFamilies {
            let (client, server) = try await pair(a, b, family)
            try client.socket.set(.tcp.userTimeout, 300)
            try setLink(of: a, isUp: false)
            let newcomer = try await a.socket(family)
            let address = try server.address
            #expect(await endingErrno { try await newcomer.connect(to: address) } == .networkUnreachable)
            try await client.send([1])
            let error = await endingErrno { try await client.receive() }
            #expect([.timedOut, .networkUnreachable, .noRouteToHost].contains(error))
            try setLink(of: a, isUp: true)
            let again = try await pair(a, b, family)
            try await again.client.send([2])
            #expect(try await again.server.receive() == [2])
        }
    }
}

/// Something that only the kernel's hosts do.
enum RouteMatter: String, CaseIterable, Codable, Sendable {
    case pathMTU, smallPackets, routersAnswers, hopLimit, ownInterface

    var plan: KernelHosts.Plan { self == .ownInterface ? .bridge(3) : .router }

    func run(on scene: Scene) async throws {
        switch self {
        case .pathMTU: try await scene.pathMTU()
        case .smallPackets: try await scene.smallPackets()
        case .routersAnswers: try await scene.routersAnswers()
        case .hopLimit: try await scene.hopLimit()
        case .ownInterface: try await scene.ownInterface()
        }
    }
}
