import SocketModel
import Testing

@Suite struct `Destination address selection` {
    /// RFC 6724 section 10.2: destinations with the sources that the RFC chooses for them, in the order it comes to, and why.
    private static let examples: [(String, [(String, String?)])] = [
        ("matching scope", [("2001:db8:1::1", "2001:db8:1::2"), ("198.51.100.121", "169.254.13.78")]),
        ("matching scope", [("198.51.100.121", "198.51.100.117"), ("2001:db8:1::1", "fe80::1")]),
        ("higher precedence", [("2001:db8:1::1", "2001:db8:1::2"), ("10.1.2.3", "10.1.2.4")]),
        ("smaller scope", [("fe80::1", "fe80::2"), ("2001:db8:1::1", "2001:db8:1::2")]),
        ("longest prefix", [("2001:db8:1::1", "2001:db8:1::2"), ("2001:db8:3ffe::1", "2001:db8:3f44::2")]),
        ("matching label", [("2002:c633:6401::1", "2002:c633:6401::2"), ("2001:db8:1::1", "2002:c633:6401::2")]),
        ("higher precedence", [("2001:db8:1::1", "2001:db8:1::2"), ("2002:c633:6401::1", "2002:c633:6401::2")]),
        ("what can be reached", [("10.0.0.1", "10.0.0.2"), ("2001:db8:1::1", nil)]),
        ("IPv4 before unique local", [("198.51.100.1", "198.51.100.2"), ("fd00::1", "fd00::2")]),
        ("loopback first", [("::1", "::1"), ("127.0.0.1", "127.0.0.1"), ("fec0::1", "fec0::2")]),
    ]

    private static func candidate(_ pair: (String, String?)) throws -> DestinationCandidate {
        DestinationCandidate(try IPAddress(parsing: pair.0), from: try pair.1.map { try IPAddress(parsing: $0) })
    }

    @Test(arguments: examples.indices) func `is the RFC's`(index: Int) throws {
        let (reason, pairs) = Self.examples[index]
        let expected = try pairs.map(Self.candidate)
        for order in [expected, expected.reversed()] {
            #expect(AddressSelection().sorted(order) == expected, "\(reason)")
        }
    }

    @Test func `leaves the rest as it is`() throws {
        let names = ["10.0.0.9", "10.0.0.1", "10.0.0.5"]
        let candidates = try names.map { try Self.candidate(($0, "10.0.0.2")) }
        #expect(AddressSelection().sorted(candidates) == candidates)
        let six = try ["2001:db8:9::1", "2001:db8:1::1"].map { try Self.candidate(($0, "2001:db8:1::2")) }
        #expect(AddressSelection(comparesPrefixes: false).sorted(six) == six)
    }

    @Test func `follows the table it is given`() throws {
        let candidates = try [("198.51.100.1", "198.51.100.2"), ("fd00::1", "fd00::2")].map(Self.candidate)
        #expect(AddressSelection(policy: .glibc).sorted(candidates) == candidates.reversed())
        let fourFirst = AddressPolicy([.init(try IPPrefix(parsing: "::ffff:0:0/96"), precedence: 100, label: 4)])
        let public6 = try [("2001:db8::1", "2001:db8::2"), ("198.51.100.1", "198.51.100.2")].map(Self.candidate)
        #expect(AddressSelection(policy: fourFirst).sorted(public6) == public6.reversed())
        #expect(AddressPolicy([]).row(of: .v4(.loopback)).precedence == 0)
    }
}
