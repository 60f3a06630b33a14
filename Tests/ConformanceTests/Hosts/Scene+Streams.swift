import Sockets
import TestSupport
import Testing

/// Connections between hosts.
extension Scene {
    /// Three hosts, each other's servers and clients.
    func echo() async throws {
        for (family, (from, to)) in zip(bothFamilies + bothFamilies, [(a, b), (b, c), (c, a), (a, c)]) {
            let listener = try await to.listener(family)
            let client = try await from.socket(family)
            try await client.connect(to: listener.address)
            let (server, peer) = try await listener.accept()
            #expect(peer.ip == from.address(family).ip)
            #expect(try peer == client.address)
            #expect(try client.peer == server.address)
            for size in [1, 1460, 1461, 20_000] {
                let bytes = pattern(size, seed: UInt64(size))
                try await client.send(bytes)
                let there = try await server.receive(exactly: size)
                try await server.send(there)
                #expect(try await client.receive(exactly: size) == bytes)
            }
            try await client.close()
            #expect(try await server.receive() == nil)
        }
    }

    /// Both directions at once, more than all buffers take.
    func bulk() async throws { try await bulk(1_500_000) }

    func bulk(_ count: Int) async throws {
        for family in bothFamilies {
            let (client, server) = try await pair(a, b, family)
            let (one, other) = (pattern(count, seed: 1), pattern(count, seed: 2))
            async let sentOne: Void = client.send(one)
            async let sentOther: Void = server.send(other)
            async let received = server.receive(exactly: count)
            #expect(try await client.receive(exactly: count) == other)
            #expect(try await received == one)
            _ = try await (sentOne, sentOther)
        }
    }

    func halfClose() async throws {
        for family in bothFamilies {
            let (client, server) = try await pair(b, a, family)
            try await client.send(pattern(5000))
            try client.socket.shutdown(.send)
            #expect(try await server.receive(exactly: 6000) == pattern(5000))
            try await server.send(pattern(3000, seed: 3))
            #expect(try await client.receive(exactly: 3000) == pattern(3000, seed: 3))
            #expect(await awaitedCode { try await client.send([1]) } == .brokenPipe)
            try await server.close()
            #expect(try await client.receive() == nil)
        }
    }

    func reset() async throws {
        for family in bothFamilies {
            let (client, server) = try await pair(a, c, family)
            try server.socket.set(.socket.linger, .on(seconds: 0))
            try await server.close()
            #expect(await awaitedCode { try await client.receive() } == .connectionReset)
            #expect(await awaitedCode { try await client.send([1]) } == .brokenPipe)
            #expect(try await client.receive() == nil)
        }
    }

    func refusal() async throws {
        for family in bothFamilies {
            let listener = try await b.listener(family)
            let address = try listener.address
            try await listener.close()
            let client = try await a.socket(family)
            #expect(await endingErrno { try await client.connect(to: address) } == .connectionRefused)
            // The address of another host is nobody's here.
            let other = try await a.socket(family)
            #expect(
                code { () throws(SocketError) in try other.socket.bind(to: b.address(family)) } == .addressNotAvailable)
        }
    }

    /// A listener of IPv6 serves both families' clients.
    func mappedAddresses() async throws {
        let listener = try await c.listener(.ipv6, at: .ipv6(.any, port: 0))
        let port = try #require(try listener.address.port)
        for family in bothFamilies {
            let client = try await a.socket(family)
            try await client.connect(to: c.address(family, port: port))
            let (server, peer) = try await listener.accept()
            #expect(peer == (family == .ipv4 ? try client.address.mapped : try client.address))
            try await server.send([1, 2])
            #expect(try await client.receive(exactly: 2) == [1, 2])
        }
    }

    /// Of a name's two addresses one is nobody's: the other is connected to.
    func racing() async throws {
        for (name, family) in zip(Scene.names, bothFamilies) {
            let listener = try await b.listener(family)
            let port = try #require(try listener.address.port)
            let client = try await a.connect(to: name, port: Int(port))
            #expect(try client.peer == b.address(family, port: port))
            try await client.close()
        }
    }
}

/// The error number that an awaited call ends with; nil when it ends well.
func endingErrno<Value>(_ body: () async throws -> Value) async -> Errno? {
    await awaitedFailure(body)?.errno
}
