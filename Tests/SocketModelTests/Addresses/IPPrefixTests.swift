import SocketModel
import Testing

@Suite struct IPPrefixTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0", "10.255.255.255", "255.0.0.0", "0.255.255.255"),
        ("0.0.0.0/0", "0.0.0.0", "255.255.255.255", "0.0.0.0", "255.255.255.255"),
        ("192.0.2.1/32", "192.0.2.1", "192.0.2.1", "255.255.255.255", "0.0.0.0"),
        ("192.0.2.128/25", "192.0.2.128", "192.0.2.255", "255.255.255.128", "0.0.0.127"),
        (
            "2001:db8::/33", "2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:8000::",
            "::7fff:ffff:ffff:ffff:ffff:ffff"
        ),
        ("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("::1/128", "::1", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::"),
    ]) func ends(text: String, first: String, last: String, mask: String, hostMask: String) throws {
        let prefix = try IPPrefix(parsing: text)
        #expect(prefix.description == text)
        #expect(prefix.first.description == first && prefix.last.description == last)
        #expect(prefix.mask.description == mask && prefix.hostMask.description == hostMask)
        #expect(prefix.contains(prefix.first) && prefix.contains(prefix.last) && prefix.contains(prefix))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "1.2.3.4", true),
        ("0.0.0.0/0", "::ffff:1.2.3.4", false), ("::/0", "1.2.3.4", false), ("fe80::/10", "fe80::1%eth0", true),
        ("fe80::/10", "fec0::", false), ("192.0.2.1/32", "192.0.2.0", false),
        ("2001:db8::/64", "2001:db8::1:0:0:0", true),
    ]) func membership(prefix: String, address: String, isInside: Bool) throws {
        #expect(try IPPrefix(parsing: prefix).contains(IPAddress(parsing: address)) == isInside)
    }

    @Test(arguments: [
        ("", AddressError.Kind.empty, 0), ("10.0.0.0", .missingPrefixLength, 8), ("10.0.0.0/", .missingPrefixLength, 9),
        ("10.0.0.0/33", .prefixLengthOutOfRange, 9), ("::/129", .prefixLengthOutOfRange, 3),
        ("10.0.0.1/8", .hostBitsSet, 0), ("::1/127", .hostBitsSet, 0), ("10.0.0.0/08", .leadingZero, 9),
        ("10.0.0.0/-1", .missingPrefixLength, 9), ("fe80::%eth0/10", .unexpectedZone, 6), ("10/8", .missingOctet, 2),
        ("10.0.0.0/255.0.0.0", .missingPrefixLength, 12),
    ]) func malformed(text: String, kind: AddressError.Kind, offset: Int) {
        #expect(throws: AddressError(kind, input: text, offset: offset)) { try IPPrefix(parsing: text) }
    }

    @Test func madeFromAnAddressItClearsTheRest() throws {
        let address = try IPAddress(parsing: "fe80::1%eth0")
        #expect(try IPPrefix(address, length: 10).description == "fe80::/10")
        #expect(IPPrefix(address).description == "fe80::1/128")
        for length in [-1, 129, .min, .max] {
            #expect(throws: AddressError.self) { try IPPrefix(address, length: length) }
        }
    }
}
