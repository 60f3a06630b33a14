import Layers
import SeededRandomness
import SocketModel

/// Messages of all types, with names that have ends in common.
struct RandomMessages {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func next() -> DNSMessage {
        let hasExtensions = Bool.random(using: &generator)
        return DNSMessage(
            id: number(), isResponse: Bool.random(using: &generator),
            opcode: DNSOpcode(rawValue: UInt8(number(below: 16))), flags: DNSFlags(rawValue: number() & 0x07F0),
            responseCode: DNSResponseCode(rawValue: UInt16(number(below: hasExtensions ? 4096 : 16))),
            questions: list(2) { DNSQuestion($0.name(), DNSRecordType(rawValue: $0.number())) },
            answers: list(8) { $0.record() }, authorities: list(4) { $0.record() },
            additionals: list(4) { $0.record() },
            extensions: hasExtensions ? extensions() : nil)
    }

    private mutating func extensions() -> DNSExtensions {
        DNSExtensions(
            payloadSize: number(), version: UInt8(number(below: 256)), wantsSignatures: Bool.random(using: &generator),
            reservedFlags: number(), options: list(3) { .init(DNSOptionCode(rawValue: $0.number()), $0.bytes(20)) })
    }

    private mutating func list<Element>(_ most: Int, _ make: (inout Self) -> Element) -> [Element] {
        (0..<number(below: most + 1)).map { _ in make(&self) }
    }

    private mutating func number(below end: Int) -> Int { Int.random(in: 0..<end, using: &generator) }
    private mutating func number<N: FixedWidthInteger>() -> N { N.random(in: .min ... .max, using: &generator) }
    private mutating func bytes(_ most: Int) -> [UInt8] { list(most) { $0.number() } }

    private mutating func name() -> DNSName {
        let ends = ["example.org", "Example.org", "a.b.example.org", "test", "."]
        guard let end = DNSName(ends[number(below: ends.count)]),
            let labels = try? DNSName(labels: list(3) { [$0.number()] + $0.bytes(5) })
        else { return .root }
        return (try? labels.appending(end)) ?? end
    }

    mutating func record() -> DNSRecord {
        DNSRecord(name(), timeToLive: number(), data())
    }

    private mutating func data() -> DNSRecordData {
        switch number(below: 20) {
        case 0: .a(IPv4Address(rawValue: number()))
        case 1: .aaaa(IPv6Address(high: number(), low: number()))
        case 2: .cname(name())
        case 3: .dname(name())
        case 4: .ns(name())
        case 5: .ptr(name())
        case 6: .mx(preference: number(), exchange: name())
        case 7: .txt([bytes(255)] + list(3) { $0.bytes(9) })
        case 8: .srv(DNSServiceLocation(priority: number(), weight: number(), port: number(), target: name()))
        default: newerData()
        }
    }

    private mutating func newerData() -> DNSRecordData {
        switch number(below: 11) {
        case 0:
            .soa(
                DNSStartOfAuthority(
                    primaryServer: name(), mailbox: name(), serial: number(), refresh: number(), retry: number(),
                    expire: number(), minimum: number()))
        case 1:
            .naptr(
                DNSNamingAuthority(
                    order: number(), preference: number(), flags: bytes(3), services: bytes(9), expression: bytes(99),
                    replacement: name()))
        case 2: .caa(DNSIssuerPolicy(flags: number(), tag: bytes(9), value: bytes(300)))
        case 3: .ds(DNSDelegationSigner(keyTag: number(), algorithm: number(), digestType: number(), digest: bytes(32)))
        case 4: .dnskey(DNSZoneKey(flags: number(), protocolNumber: 3, algorithm: number(), key: bytes(64)))
        case 5:
            .rrsig(
                DNSSignature(
                    covered: .a, algorithm: number(), labels: number(), originalTimeToLive: number(),
                    expiration: number(), inception: number(), keyTag: number(), signer: name(), signature: bytes(64)))
        case 6: .nsec(next: name(), types: types())
        case 7:
            .tlsa(DNSCertificateAssociation(usage: number(), selector: number(), matching: number(), data: bytes(32)))
        case 8: .svcb(binding())
        case 9: .https(binding())
        default: .other(DNSRecordType(rawValue: 65_280), bytes(40))
        }
    }

    private mutating func types() -> [DNSRecordType] {
        Set(list(9) { $0.number() as UInt16 >> UInt16($0.number(below: 16)) }).sorted().map(
            DNSRecordType.init(rawValue:))
    }

    private mutating func binding() -> DNSServiceBinding {
        let keys = Set(list(5) { UInt16($0.number(below: 9)) }).sorted()
        return DNSServiceBinding(
            priority: number(), target: name(),
            parameters: keys.map { .init(DNSServiceKey(rawValue: $0), bytes(20)) })
    }
}
