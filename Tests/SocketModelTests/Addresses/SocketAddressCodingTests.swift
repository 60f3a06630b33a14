import Glibc
import TestSupport
import Testing

@testable import SocketModel

@Suite struct SocketAddressCodingTests {
    private func encode(_ address: SocketAddress, zoneIndex: UInt32 = 0, capacity: Int = 128) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0xee, count: capacity)
        let length = unsafe bytes.withUnsafeMutableBytes {
            unsafe SocketAddressCoding.encode(address, zoneIndex: zoneIndex, into: $0)
        }
        return length.map { Array(bytes.prefix($0)) }
    }

    private func decode(_ bytes: [UInt8], length: Int? = nil) -> SocketAddress {
        unsafe bytes.withUnsafeBytes { unsafe SocketAddressCoding.decode($0, length: length ?? bytes.count) }
    }

    private func bytes<Value>(of value: Value) -> [UInt8] {
        unsafe withUnsafeBytes(of: value) { unsafe Array($0) }
    }

    @Test func ipv4IsTheSystemsSockaddrIn() {
        var expected = sockaddr_in()
        expected.sin_family = sa_family_t(AF_INET)
        expected.sin_port = UInt16(8080).bigEndian
        expected.sin_addr.s_addr = UInt32(0x0a01_0203).bigEndian
        #expect(encode(.ipv4(IPv4Address(10, 1, 2, 3), port: 8080)) == bytes(of: expected))
    }

    @Test func ipv6IsTheSystemsSockaddrIn6() throws {
        let address = try #require(IPv6Address("fe80::1:2"))
        var expected = sockaddr_in6()
        expected.sin6_family = sa_family_t(AF_INET6)
        expected.sin6_port = UInt16(443).bigEndian
        expected.sin6_flowinfo = UInt32(0x12345).bigEndian
        unsafe withUnsafeMutableBytes(of: &expected.sin6_addr) { unsafe $0.copyBytes(from: address.packed) }
        expected.sin6_scope_id = 7
        #expect(encode(.ipv6(address, port: 443, flowInfo: 0x12345, zone: .index(7))) == bytes(of: expected))
        let named = SocketAddress.ipv6(address, port: 443, flowInfo: 0x12345, zone: try Zone(name: "eth0"))
        #expect(encode(named, zoneIndex: 7) == bytes(of: expected))
        #expect(encode(named, zoneIndex: 0) == nil, "a name that nobody looked up is not lost silently")
    }

    @Test func unixIsTheSystemsSockaddrUn() throws {
        #expect(encode(.unix(.unnamed)) == [1, 0])
        #expect(encode(.unix(try UNIXAddress(path: "/a"))) == [1, 0, 0x2f, 0x61, 0])
        #expect(encode(.unix(try UNIXAddress(abstract: "a\0b"))) == [1, 0, 0, 0x61, 0, 0x62])
        #expect(encode(.unix(try UNIXAddress(abstract: ""))) == [1, 0, 0])
        let longest = try UNIXAddress(path: String(repeating: "p", count: 108))
        #expect(encode(.unix(longest))?.count == MemoryLayout<sockaddr_un>.size)
        let longestAbstract = try UNIXAddress(abstract: String(repeating: "p", count: 107))
        #expect(encode(.unix(longestAbstract))?.count == MemoryLayout<sockaddr_un>.size)
    }

    @Test func aBufferTooShortIsRefusedAndNotWritten() {
        #expect(encode(.ipv4(.any, port: 1), capacity: 15) == nil)
        #expect(encode(.ipv6(.any, port: 1), capacity: 27) == nil)
        #expect(encode(.unix(.unnamed), capacity: 1) == nil)
        #expect(encode(.unspecified, capacity: 0) == nil)
    }

    @Test func whatIsNoAddressIsUnspecified() {
        #expect(decode([]) == .unspecified)
        #expect(decode([2]) == .unspecified)
        #expect(decode([2, 0, 1], length: -5) == .unspecified)
        #expect(decode([], length: .max) == .unspecified)
        #expect(decode([0, 0]) == .unspecified)
        #expect(encode(.unspecified) == [0, 0])
    }

    @Test func addressesCutShortKeepTheirBytes() throws {
        #expect(
            decode([2, 0, 0, 80]) == .other(try OpaqueAddress(family: AddressFamily(rawValue: 2), bytes: [0, 80])))
        #expect(decode([10, 0] + [UInt8](repeating: 0, count: 25)).description.hasPrefix("family(10):"))
        #expect(
            decode([29, 0, 1, 2, 3])
                == .other(try OpaqueAddress(family: AddressFamily(rawValue: 29), bytes: [1, 2, 3])))
    }

    @Test func unixNamesAsTheKernelReturnsThem() throws {
        let path = [UInt8](repeating: 0x70, count: 108)
        #expect(decode([1, 0]) == .unix(.unnamed))
        #expect(decode([1, 0, 0x2f, 0x61, 0]) == .unix(try UNIXAddress(path: "/a")))
        #expect(decode([1, 0, 0x2f, 0x61]) == .unix(try UNIXAddress(path: "/a")))
        #expect(decode([1, 0, 0x2f, 0x61, 0, 0x62]) == .unix(try UNIXAddress(path: "/a")))
        #expect(decode([1, 0, 0]) == .unix(try UNIXAddress(abstract: "")))
        #expect(decode([1, 0] + path + [0], length: 111) == .unix(try UNIXAddress(path: path)))
        #expect(decode([1, 0] + path, length: 111) == .unix(try UNIXAddress(path: path)))
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func anyBytesDecodeAndWhatIsDecodedEncodesBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            var raw = random.bytes(Int.random(in: 0...140, using: &random))
            if raw.count > 1, Bool.random(using: &random) {
                raw[0] = [1, 2, 10].randomElement(using: &random) ?? 0
                raw[1] = 0
            }
            let length = Int.random(in: -3...200, using: &random)
            let address = decode(raw, length: length)
            let encoded = try #require(encode(address), "seed \(seed)")
            #expect(decode(encoded) == address, "seed \(seed)")
            #expect(SocketAddress(address.description) == address, "seed \(seed): \(address)")
        }
    }
}
