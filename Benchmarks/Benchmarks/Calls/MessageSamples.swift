import Layers
import SocketModel

/// Messages as resolvers see them.
enum MessageSamples {
    static let all: [(name: String, message: DNSMessage)] = [
        ("question", DNSMessage(id: 4711, asking: DNSQuestion(name("www.example.org"), .aaaa))),
        ("two addresses", answer("www.example.org", addresses("www.example.org", 2))),
        (
            "alias, 8 addresses",
            answer(
                "www.example.org",
                [alias("www.example.org", "edge.cdn.example.net")] + addresses("edge.cdn.example.net", 8))
        ),
        ("no such name", missing("nobody.example.org")),
        ("mail servers", answer("example.org", mail(5))),
        ("HTTPS", answer("example.org", [https()])),
        ("100 addresses", answer("www.example.org", addresses("www.example.org", 100))),
    ]

    private static func name(_ text: String) -> DNSName { DNSName(text) ?? .root }

    private static func answer(_ text: String, _ records: [DNSRecord]) -> DNSMessage {
        DNSMessage(
            id: 4711, isResponse: true, flags: [.recursionDesired, .recursionAvailable],
            questions: [DNSQuestion(name(text), records[0].type)], answers: records, extensions: DNSExtensions())
    }

    private static func addresses(_ text: String, _ count: Int) -> [DNSRecord] {
        (0..<count).map { DNSRecord(name(text), timeToLive: 300, .a(IPv4Address(192, 0, 2, UInt8($0)))) }
    }

    private static func alias(_ text: String, _ target: String) -> DNSRecord {
        DNSRecord(name(text), timeToLive: 300, .cname(name(target)))
    }

    private static func mail(_ count: Int) -> [DNSRecord] {
        (0..<count).map {
            DNSRecord(
                name("example.org"), timeToLive: 300,
                .mx(preference: UInt16($0), exchange: name("mx\($0).mail.example.org")))
        }
    }

    private static func https() -> DNSRecord {
        let binding = DNSServiceBinding(
            priority: 1, target: .root,
            parameters: [.init(.alpn, Array("\u{2}h2\u{2}h3".utf8)), .init(.ipv4Hint, [192, 0, 2, 1, 192, 0, 2, 2])])
        return DNSRecord(name("example.org"), timeToLive: 300, .https(binding))
    }

    private static func missing(_ text: String) -> DNSMessage {
        let authority = DNSStartOfAuthority(
            primaryServer: name("ns1.example.org"), mailbox: name("hostmaster.example.org"), serial: 1, refresh: 7200,
            retry: 3600, expire: 86_400, minimum: 300)
        return DNSMessage(
            id: 4711, isResponse: true, responseCode: .nameError, questions: [DNSQuestion(name(text), .a)],
            authorities: [DNSRecord(name("example.org"), timeToLive: 300, .soa(authority))], extensions: DNSExtensions()
        )
    }
}
