import Layers
import SocketModel
import Testing

@Suite struct `A domain name` {
    @Test(arguments: [
        ("example.org", "example.org."), ("example.org.", "example.org."), (".", "."), (#"a\.b.c"#, #"a\.b.c."#),
        (#"\097bc"#, "abc."), (#"tab\009.x"#, #"tab\009.x."#), (#"semi\;\(\)"#, #"semi\;\(\)."#), ("é", #"\195\169."#),
    ]) func `is read as zone files have it`(text: String, printed: String) throws {
        let name = try DNSName(parsing: text)
        #expect(name.description == printed)
        #expect(DNSName(printed) == name)
    }

    @Test(arguments: [
        ("", DNSNameError.Code.empty, 0), ("a..b", .emptyLabel, 2), (".a", .emptyLabel, 0), ("..", .emptyLabel, 0),
        (#"a\"#, .invalidEscape, 1), (#"a\25"#, .invalidEscape, 1), (#"a\256"#, .invalidEscape, 1),
        (String(repeating: "a", count: 64), .labelTooLong, 63),
        (String(repeating: "a.", count: 128), .tooLong, 254),
    ]) func `says where it is wrong`(text: String, code: DNSNameError.Code, offset: Int) {
        let error = #expect(throws: DNSNameError.self) { try DNSName(parsing: text) }
        #expect(error?.code == code)
        #expect(error?.offset == offset)
    }

    @Test func `has at most 255 bytes on the wire`() throws {
        let longest = try DNSName(parsing: String(repeating: "a.", count: 127))
        #expect(longest.wireLength == 255)
        #expect(longest.labelCount == 127)
        #expect(throws: DNSNameError.self) { try DNSName(parsing: "b").appending(longest) }
    }

    @Test func `is the same in any case, and keeps its own`() throws {
        let (upper, lower) = (try DNSName(parsing: "WWW.Example.ORG"), try DNSName(parsing: "www.example.org"))
        #expect(upper == lower)
        #expect(upper.hashValue == lower.hashValue)
        #expect(upper.description == "WWW.Example.ORG.")
        #expect(try DNSName(parsing: "[") != DNSName(parsing: "{"))
    }

    @Test func `lies below its ends and below no others`() throws {
        let name = try DNSName(parsing: "a.b.example.org")
        for text in ["a.b.example.org", "B.example.org", "example.ORG", "org", "."] {
            #expect(name.isSubdomain(of: try DNSName(parsing: text)))
        }
        for text in ["a.example.org", "xample.org", "b", "x.a.b.example.org", "rg"] {
            #expect(!name.isSubdomain(of: try DNSName(parsing: text)))
        }
        // The length of a label is no letter of the one before.
        #expect(!(try DNSName(parsing: #"ab\003org"#)).isSubdomain(of: try DNSName(parsing: "org")))
    }

    @Test(arguments: [
        ("192.0.2.1", "1.2.0.192.in-addr.arpa."), ("::ffff:192.0.2.1", "1.2.0.192.in-addr.arpa."),
        ("2001:db8::1%eth0", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."),
    ]) func `leads from an address back to names`(address: String, name: String) throws {
        let reverse = DNSName(reverse: try #require(IPAddress(address)))
        #expect(reverse.description == name)
        #expect(reverse.reverseAddress == (try #require(IPAddress(address))).unmapped.withoutZone)
    }

    @Test(arguments: [
        "2.0.192.in-addr.arpa", "1.2.3.4.5.in-addr.arpa", "256.0.0.1.in-addr.arpa", "01.0.0.1.in-addr.arpa",
        "1.2.ip6.arpa",
        "example.org", "x.0.0.1.in-addr.arpa",
    ]) func `that is no address's leads to none`(name: String) throws {
        #expect(try DNSName(parsing: name).reverseAddress == nil)
    }
}
