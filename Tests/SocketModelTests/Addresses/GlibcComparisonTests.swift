import Glibc
import SocketModel
import TestSupport
import Testing

/// Texts and addresses that glibc reads and prints must be read and printed the same here, good ones and bad ones.
@Suite struct GlibcComparisonTests {
    static let seeds: [UInt64] = [1, 2, 3]

    private func pton(_ family: Int32, _ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard unsafe Glibc.inet_pton(family, text, &bytes) == 1 else { return nil }
        return Array(bytes.prefix(family == AF_INET ? 4 : 16))
    }

    private func ntop(_ family: Int32, _ bytes: [UInt8]) -> String? {
        var text = [CChar](repeating: 0, count: 64)
        guard unsafe Glibc.inet_ntop(family, bytes, &text, 64) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func aton(_ text: String) -> [UInt8]? {
        var address = in_addr()
        guard unsafe Glibc.inet_aton(text, &address) == 1 else { return nil }
        let number = UInt32(bigEndian: address.s_addr)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    @Test(arguments: seeds) func ipv4TextIsWhatGlibcPrints(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let bytes = random.bytes(4).map { $0 < 60 ? $0 % 12 : $0 }
            let address = try IPv4Address(packed: bytes)
            #expect(address.description == ntop(AF_INET, bytes), "seed \(seed)")
            #expect(IPv4Address(address.description) == address, "seed \(seed)")
        }
    }

    @Test(arguments: seeds) func ipv6TextIsWhatGlibcPrints(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let bytes = random.ipv6()
            let address = try IPv6Address(packed: bytes)
            #expect(address.description == ntop(AF_INET6, bytes), "seed \(seed)")
            #expect(IPv6Address(address.description) == address, "seed \(seed)")
        }
    }

    @Test(arguments: seeds) func ipv4IsReadWhereGlibcReadsIt(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let parts = (0..<4).map { _ in String(Int.random(in: 0...299, using: &random)) }
            let text = random.damage(parts.joined(separator: "."), alphabet: Array("0123456789. x".utf8))
            #expect(IPv4Address(text)?.packed == pton(AF_INET, text), "seed \(seed): \(text)")
            #expect((try? IPv4Address(parsing: text))?.packed == pton(AF_INET, text), "seed \(seed): \(text)")
        }
    }

    @Test(arguments: seeds) func ipv6IsReadWhereGlibcReadsIt(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<30_000 {
            let text = round % 2 == 0 ? canonicalText(&random) : groupsText(&random)
            let damaged = random.damage(text, alphabet: Array("0123456789abcdefABCDEF::::..g%é".utf8))
            #expect(IPv6Address(damaged)?.packed == pton(AF_INET6, damaged), "seed \(seed): \(damaged)")
        }
    }

    private func canonicalText(_ random: inout SeededGenerator) -> String {
        ntop(AF_INET6, random.ipv6()) ?? ""
    }

    /// Groups, gaps and dotted quads strung together, right and wrong ones.
    private func groupsText(_ random: inout SeededGenerator) -> String {
        let pieces = ["0", "1", "ffff", "0ab", "0000", "", "12345", "1.2.3.4", "255.255.255.255", "01.2.3.4", "::"]
        let count = Int.random(in: 1...10, using: &random)
        return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(separator: ":")
    }

    @Test(arguments: seeds) func classicIsReadWhereGlibcReadsIt(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "0", "1", "127", "255", "256", "0377", "0400", "0x7f", "0XFF", "0x100", "65535", "65536", "16777215", "08",
            "16777216", "4294967295", "4294967296", "037777777777", "0xffffffff", "0x", "0x1ffffffff", "", " ", "00",
            "99999999999999999999999", "1 ", "1\t", "1x", "1 x", "+1", "-1",
        ]
        for _ in 0..<30_000 {
            let count = Int.random(in: 1...5, using: &random)
            let joined = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(separator: ".")
            let text = random.damage(joined, alphabet: Array("01789.xXaf \n\u{b}".utf8))
            #expect((try? IPv4Address(classic: text))?.packed == aton(text), "seed \(seed): \(text.debugDescription)")
        }
    }
}
