import Sockets
import TestSupport
import Testing

/// Hosts that cannot be reached.
extension Scene {
    /// No way leads there.
    func noRoute() async throws {
        for (family, text) in zip(bothFamilies, ["203.0.113.9:9", "[2001:db8::9]:9"]) {
            let address = try #require(SocketAddress(text))
            let stream = try await a.socket(family)
            #expect(await endingErrno { try await stream.connect(to: address) } == .networkUnreachable)
            let datagrams = try await a.socket(family, .datagram)
            #expect(await endingErrno { try await datagrams.connect(to: address) } == .networkUnreachable)
            let error = await endingErrno { try await datagrams.send([1], to: address) }
            #expect(error == .networkUnreachable)
        }
    }

    /// The way is there, but nobody at its end.
    func vacantAddresses() async throws {
        for address in [SocketAddress.ipv4(Scene.vacant4, port: 9), .ipv6(Scene.vacant6, port: 9)] {
            let stream = try await a.socket(address.family)
            #expect(await endingErrno { try await stream.connect(to: address) } == .noRouteToHost)
        }
    }

    /// A peer that is heard of no more: what waits for it ends with the time it was given.
    func silence() async throws {
        for family in bothFamilies {
            let (client, server) = try await pair(a, b, family)
            try client.socket.set(.tcp.userTimeout, 300)
            try await client.send([1])
            #expect(try await server.receive() == [1])
            try setLink(of: b, isUp: false)
            try await client.send([2])
            #expect(await endingErrno { try await client.receive() } == .timedOut)
            #expect(await awaitedCode { try await client.send([3]) } == .brokenPipe)
            let newcomer = try await a.socket(family)
            let address = try server.address
            let late = await awaitedCode {
                try await newcomer.connect(to: address, deadline: .within(.milliseconds(20)))
            }
            #expect(late == .timedOut)
            try setLink(of: b, isUp: true)
        }
    }

    /// A peer that was not heard of for a moment: nothing is lost.
    func recovery() async throws {
        let (client, server) = try await pair(a, b)
        try setLink(of: b, isUp: false)
        try await client.send(pattern(10_000))
        try await a.network.sleep(for: .milliseconds(50))
        try setLink(of: b, isUp: true)
        #expect(try await server.receive(exactly: 10_000) == pattern(10_000))
        try await server.send([7])
        #expect(try await client.receive() == [7])
    }
}
