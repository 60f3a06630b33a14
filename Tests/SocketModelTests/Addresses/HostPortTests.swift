import SocketModel
import Testing

@Suite struct HostPortTests {
    @Test(arguments: [
        ("example.org:80", "example.org", "80"), ("[::1]:80", "::1", "80"), (":80", "", "80"), ("h:0", "h", "0"),
        ("[fe80::1%eth0]:http", "fe80::1%eth0", "http"), ("127.0.0.1:65535", "127.0.0.1", "65535"),
        ("<broadcast>:9", "<broadcast>", "9"), ("bücher.example:https", "bücher.example", "https"),
    ]) func reads(text: String, host: String, port: String) throws {
        let pair = try HostPort(parsing: text)
        #expect(pair.host == host)
        #expect(pair.port.description == port)
        #expect(pair.description == text)
    }

    @Test(arguments: [
        ("", AddressError.Kind.empty, 0), ("h", .missingPort, 1), ("h:", .missingPort, 2), ("[::1]", .missingPort, 5),
        ("h:65536", .portOutOfRange, 2), ("h:99999999999999999999", .portOutOfRange, 2), ("h:-1", .invalidPort, 2),
        ("h:+1", .invalidPort, 2), ("h:080", .leadingZero, 2), ("h: 80", .invalidPort, 2), ("h:8 0", .invalidPort, 3),
        ("::1", .unbracketedIPv6, 0), ("::1:80", .unbracketedIPv6, 0), ("a:b:80", .unbracketedIPv6, 0),
        ("http://h:80", .unexpectedByte, 5), ("h/p:80", .unexpectedByte, 1), ("a b:80", .unexpectedByte, 1),
        ("a\0b:80", .unexpectedByte, 1), ("[::1:80", .unclosedBracket, 0), ("[::1]80", .trailingBytes, 5),
        ("[h]:80", .unexpectedByte, 1), ("[]:80", .empty, 1), ("h]:80", .unexpectedByte, 1),
        (String(repeating: "h", count: 256) + ":80", .hostTooLong, 0),
    ]) func malformed(text: String, kind: AddressError.Kind, offset: Int) {
        #expect(throws: AddressError(kind, input: text, offset: offset)) { try HostPort(parsing: text) }
    }

    @Test func aDefaultPortStandsInForNoPortOnly() throws {
        #expect(try HostPort(parsing: "h", defaultPort: 80).description == "h:80")
        #expect(try HostPort(parsing: "[::1]", defaultPort: 80).description == "[::1]:80")
        #expect(try HostPort(parsing: "h:81", defaultPort: 80).description == "h:81")
        #expect(throws: AddressError.self) { try HostPort(parsing: "h:", defaultPort: 80) }
        #expect(throws: AddressError.self) { try HostPort(parsing: "::1", defaultPort: 80) }
    }

    @Test func numericHostsNeedNoResolver() throws {
        #expect(HostPort("127.0.0.1:80")?.numeric == .ipv4(.loopback, port: 80))
        #expect(HostPort("[fe80::1%2]:80")?.numeric == SocketAddress("[fe80::1%2]:80"))
        #expect(HostPort("127.0.0.1:http")?.address == .v4(.loopback))
        #expect(HostPort("127.0.0.1:http")?.numeric == nil)
        #expect(HostPort("localhost:80")?.address == nil)
        #expect(HostPort(":80")?.address == nil)
    }

    @Test func partsAreCheckedToo() throws {
        #expect(try HostPort(host: "::1", port: 80).description == "[::1]:80")
        #expect(try HostPort(host: "h", service: "80").portNumber == 80)
        #expect(throws: AddressError.self) { try HostPort(host: "a:b", port: 80) }
        #expect(throws: AddressError.self) { try HostPort(host: "[::1]", port: 80) }
        #expect(throws: AddressError.self) { try HostPort(host: "h", service: "a:b") }
    }
}
