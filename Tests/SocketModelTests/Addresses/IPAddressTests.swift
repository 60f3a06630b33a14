import Glibc
import SocketModel
import Testing

@Suite struct IPAddressTests {
    @Test func constantsAreTheSystems() {
        let rows: [(IPv4Address, UInt32)] = [
            (.any, INADDR_ANY), (.broadcast, INADDR_BROADCAST), (.none, INADDR_NONE), (.loopback, INADDR_LOOPBACK),
            (.dummy, INADDR_DUMMY), (.unspecifiedGroup, INADDR_UNSPEC_GROUP), (.allHostsGroup, INADDR_ALLHOSTS_GROUP),
            (.allRoutersGroup, INADDR_ALLRTRS_GROUP), (.allSnoopersGroup, INADDR_ALLSNOOPERS_GROUP),
            (.lastLocalGroup, INADDR_MAX_LOCAL_GROUP),
        ]
        for (address, number) in rows { #expect(address.rawValue == number) }
    }

    @Test(arguments: [
        ("0.0.0.0", ["any"]), ("127.0.0.1", ["loopback"]), ("127.255.0.1", ["loopback"]), ("128.0.0.0", []),
        ("255.255.255.255", ["broadcast"]), ("224.0.0.0", ["multicast"]), ("239.255.255.255", ["multicast"]),
        ("240.0.0.0", []), ("169.254.0.1", ["link"]), ("169.255.0.1", []), ("10.9.8.7", ["private"]),
        ("172.16.0.1", ["private"]), ("172.31.255.255", ["private"]), ("172.32.0.0", []), ("192.168.1.1", ["private"]),
        ("::", ["any"]), ("::1", ["loopback"]), ("::2", []), ("ff02::1", ["multicast"]), ("fe80::1", ["link"]),
        ("febf::1", ["link"]), ("fec0::1", []), ("fc00::1", ["private"]), ("fdff::1", ["private"]), ("fe00::", []),
        ("::ffff:127.0.0.1", ["mapped"]), ("::fffe:127.0.0.1", []),
    ]) func queries(text: String, expected: [String]) throws {
        let address = try IPAddress(parsing: text)
        let answers = [
            ("any", address.isAny), ("loopback", address.isLoopback), ("broadcast", address.isBroadcast),
            ("multicast", address.isMulticast), ("link", address.isLinkLocal), ("private", address.isPrivate),
            ("mapped", address.isV4Mapped),
        ]
        #expect(answers.filter(\.1).map(\.0) == expected)
    }

    @Test func ipv6Queries() throws {
        #expect(try IPv6Address(parsing: "fec0::1").isSiteLocal)
        #expect(try IPv6Address(parsing: "::1.2.3.4").isV4Compatible)
        #expect(!IPv6Address.any.isV4Compatible && !IPv6Address.loopback.isV4Compatible)
        #expect(IPv6Address.allNodesGroup.multicastScope == .linkLocal)
        #expect(try IPv6Address(parsing: "ff0e::1").multicastScope == .global)
        #expect(IPv6Address.loopback.multicastScope == nil)
        #expect(IPv6Address(mapping: IPv4Address(1, 2, 3, 4)).mappedIPv4 == IPv4Address(1, 2, 3, 4))
        #expect(IPv6Address.loopback.mappedIPv4 == nil)
    }

    @Test func octetsAndNumbers() throws {
        let address = IPv6Address(0x2001, 0xdb8, 1, 2, 3, 4, 5, 0x607)
        #expect(address.packed == [0x20, 1, 0xd, 0xb8, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 6, 7])
        #expect(IPv6Address(octets: address.octets) == address)
        #expect(IPv6Address(rawValue: address.rawValue) == address)
        #expect(IPv6Address.loopback.rawValue == 1)
        #expect(IPv4Address(octets: IPv4Address.loopback.octets) == .loopback)
        #expect(IPv4Address.loopback.packed == [127, 0, 0, 1])
    }

    @Test func mappingBackAndForth() throws {
        let address = IPAddress.v4(IPv4Address(1, 2, 3, 4))
        #expect(address.mapped.description == "::ffff:1.2.3.4" && address.mapped.unmapped == address)
        let peer = try SocketAddress(parsing: "[::ffff:1.2.3.4]:80")
        #expect(peer.isV4Mapped && peer.unmapped.description == "1.2.3.4:80" && peer.unmapped.mapped == peer)
    }

    @Test func order() throws {
        let texts = ["1.2.3.4", "200.0.0.1", "::", "fe80::1", "fe80::1%2", "fe80::1%10", "fe80::1%a", "fe80::1%b"]
        let addresses = try texts.map { try IPAddress(parsing: $0) }
        #expect(addresses.reversed().sorted().map(\.description) == texts)
    }

    @Test func packedBytesOfAnotherLengthAreRefused() throws {
        let ipv4 = AddressFamily(rawValue: UInt16(AF_INET))
        let ipv6 = AddressFamily(rawValue: UInt16(AF_INET6))
        #expect(try IPAddress(packed: [127, 0, 0, 1], family: ipv4).description == "127.0.0.1")
        #expect(try IPAddress(parsing: "::1", family: ipv6).packed.count == 16)
        #expect(throws: AddressError.self) { try IPAddress(packed: [127, 0, 0, 1], family: ipv6) }
        #expect(throws: AddressError.self) { try IPAddress(packed: [], family: AddressFamily(rawValue: 1)) }
        #expect(throws: AddressError.self) { try IPAddress(parsing: "::1%eth0", family: ipv6) }
        #expect(throws: AddressError.self) { try IPAddress(parsing: "::1", family: ipv4) }
        for count in [0, 3, 5, 100_000] {
            #expect(throws: AddressError.self) { try IPv4Address(packed: [UInt8](repeating: 1, count: count)) }
        }
    }

    @Test func classicFormsAreNotReadAsStrictOnes() throws {
        #expect(try IPv4Address(classic: "127.1") == .loopback)
        #expect(try IPv4Address(classic: "0x7f000001 and more") == .loopback)
        #expect(try IPv4Address(classic: "010.0.0.1") == IPv4Address(8, 0, 0, 1))
        #expect(IPv4Address("127.1") == nil && IPv4Address("010.0.0.1") == nil)
    }

    @Test func byteOrderIsTheSystems() {
        #expect(UInt16(0x1234).networkByteOrder == htons(0x1234))
        #expect(UInt32(0x1234_5678).networkByteOrder == htonl(0x1234_5678))
        #expect(UInt16(networkByteOrder: 0x1234) == ntohs(0x1234))
        #expect(UInt32(networkByteOrder: 0x1234_5678) == ntohl(0x1234_5678))
    }
}
