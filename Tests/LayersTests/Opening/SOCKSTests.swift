import Layers
import SeededRandomness
import SocketModel
import Testing

@Suite struct `SOCKS` {
    private static let target = SOCKSAddress.name("example.org", port: 443)
    private static let bound = SOCKSAddress.ip(.v4(IPv4Address(192, 0, 2, 7)), port: 5678)
    private static let user = SOCKSCredentials(user: "alice", password: "s3cret")

    @Test func `asks as the RFC says`() throws {
        var client = Script(try SOCKSClient(to: Self.target))
        #expect(client.sent == [5, 1, 0])
        client.receive([5, 0])
        #expect(client.sent.dropFirst(3).dropLast(2).elementsEqual("\u{5}\u{1}\0\u{3}\u{b}example.org".utf8))
        #expect(client.sent.suffix(2) == [1, 187])
        client.receive([5, 0, 0, 1, 192, 0, 2, 7, 22, 46])
        client.receive(Array("early".utf8))
        #expect(client.events == [.established(Self.bound)])
        client.tell { #expect($0.takeUnread() == "early") }
        client.tell { #expect($0.takeUnread() == nil) }
    }

    @Test func `says who its user is, if the proxy wants to know`() throws {
        var client = Script(try SOCKSClient(to: Self.target, credentials: Self.user))
        #expect(client.sent == [5, 2, 0, 2])
        client.receive([5, 2])
        #expect(client.sent.dropFirst(4).elementsEqual("\u{1}\u{5}alice\u{6}s3cret".utf8))
        client.receive([1, 1])
        #expect(client.events == [.failed(.authenticationFailed)] && client.isClosed)
    }

    @Test(
        arguments: [
            ([4, 0], SOCKSError.version(4)), ([5, 255], .noAcceptableMethod), ([5, 2], .noAcceptableMethod),
            ([5, 0, 5, 5], nil), ([5, 0, 5, 5, 0], .refused(.connectionRefused)), ([5, 0, 4], .version(4)),
            ([5, 0, 5, 0, 0, 9], .malformed("address of an unknown kind, 9")),
            ([5, 0, 5, 0, 0, 3, 0, 0, 0], .malformed("a name that is empty or not UTF-8")),
        ] as [([UInt8], SOCKSError?)])
    func `refuses what is wrong, as soon as it is certain`(answer: [UInt8], error: SOCKSError?) throws {
        var client = Script(try SOCKSClient(to: Self.target))
        client.receive(answer)
        #expect(client.events == (error.map { [.failed($0)] } ?? []))
        client.end()
        #expect(client.events == [.failed(error ?? .truncated)] && client.isClosed)
    }

    @Test func `refuses what cannot be sent`() {
        let long = String(repeating: "x", count: 256)
        let invalid: [(SOCKSAddress, SOCKSCredentials?)] = [
            (.name("", port: 1), nil), (.name(long, port: 1), nil),
            (Self.target, SOCKSCredentials(user: "", password: "x")),
            (Self.target, SOCKSCredentials(user: "x", password: long)),
        ]
        for (address, credentials) in invalid {
            #expect(throws: SOCKSError.self) { try SOCKSClient(to: address, credentials: credentials) }
        }
    }

    @Test func `tells of a connection taken`() throws {
        var client = Script(try SOCKSClient(.bind, to: Self.target))
        client.receive([5, 0, 5, 0, 0, 1, 192, 0, 2, 7, 22, 46, 5, 0, 0, 1, 10, 0, 0, 1, 0, 80])
        let peer = SOCKSAddress.ip(.v4(IPv4Address(10, 0, 0, 1)), port: 80)
        #expect(client.events == [.bound(Self.bound), .established(peer)])
    }

    @Test func `refuses a client that does not say who it is`() {
        var server = Script(SOCKSServer(wantsCredentials: true))
        server.receive([5, 1, 0])
        #expect(server.sent == [5, 0xff])
        #expect(server.events == [.failed(.noAcceptableMethod)] && server.isClosed)
    }

    @Test func `tells the client why it is refused`() {
        var server = Script(SOCKSServer())
        server.receive([5, 1, 0, 5, 1, 0, 1, 10, 0, 0, 1, 0, 80])
        let address = SOCKSAddress.ip(.v4(IPv4Address(10, 0, 0, 1)), port: 80)
        #expect(server.events == [.request(.connect, address)])
        server.tell { $0.reply(.hostUnreachable) }
        #expect(server.sent == [5, 0, 5, 4, 0, 1, 0, 0, 0, 0, 0, 0])
        #expect(server.events.last == .failed(.refused(.hostUnreachable)) && server.isClosed)
    }

    /// Both sides against each other, over any split of the bytes.
    @Test(arguments: 0..<200) func `both sides understand each other`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let addresses: [SOCKSAddress] = [
            Self.target, Self.bound, .ip(.v6(.loopback, zone: nil), port: 1), .name("é", port: 0),
        ]
        let target = addresses[random.below(4)]
        let wantsCredentials = random.below(2) == 0
        var client = Script(
            try SOCKSClient(to: target, credentials: wantsCredentials || random.below(2) == 0 ? Self.user : nil))
        var server = Script(SOCKSServer(wantsCredentials: wantsCredentials))
        var (toServer, toClient) = (0, 0)
        for _ in 0..<20 {
            server.receive(Array(client.sent[toServer...]), inPieces: { 1 + random.below(5) })
            toServer = client.sent.count
            if case .credentials(let user) = server.events.last, user == Self.user {
                server.tell { $0.accept(credentials: true) }
            }
            if case .request = server.events.last { server.tell { $0.reply(.succeeded, bound: Self.bound) } }
            client.receive(Array(server.sent[toClient...]), inPieces: { 1 + random.below(5) })
            toClient = server.sent.count
        }
        #expect(server.events.suffix(2) == [.request(.connect, target), .established], "seed \(seed)")
        #expect(client.events == [.established(Self.bound)], "seed \(seed)")
    }

    @Test(arguments: 0..<50) func `nothing that comes traps`(group: UInt64) throws {
        for seed in group * 100..<(group + 1) * 100 {
            var random = SeededGenerator(seed: seed)
            let bytes = (0..<random.below(60)).map { _ in [0, 1, 2, 3, 4, 5, UInt8(random.below(256))][random.below(7)]
            }
            var client = Script(try SOCKSClient(to: Self.target, credentials: Self.user))
            client.receive(bytes, inPieces: { 1 + random.below(9) })
            client.end()
            var server = Script(SOCKSServer(wantsCredentials: random.below(2) == 0))
            server.receive(bytes, inPieces: { 1 + random.below(9) })
            server.tell { $0.accept(credentials: true) }
            server.tell { $0.reply(.succeeded) }
            server.end()
            #expect(client.events.count <= 2 && server.events.count <= 4, "seed \(seed)")
        }
    }
}
