import SocketModel
import TestSupport
import Testing

/// What is wrong with a text, where, is part of what users rely on.
@Suite struct AddressTextTests {
    private func fault<Address: AddressText>(_ type: Address.Type, _ text: String) -> (AddressError.Kind, Int)? {
        do throws(AddressError) {
            _ = try Address(parsing: text)
            return nil
        } catch {
            #expect(error.input == text)
            #expect(Address(text) == nil)
            #expect(!error.description.contains("\n"))
            return (error.kind, error.offset)
        }
    }

    @Test(arguments: [
        ("", AddressError.Kind.empty, 0), ("1.2.3", .missingOctet, 5), ("1.2.3.", .missingOctet, 6),
        ("1..3.4", .missingOctet, 2), (".1.2.3", .missingOctet, 0), ("1.2.3.4.", .tooManyOctets, 7),
        ("1.2.3.256", .octetOutOfRange, 6), ("1.2.3.1000", .octetOutOfRange, 6), ("01.2.3.4", .leadingZero, 0),
        ("1.2.3.00", .leadingZero, 6), (" 1.2.3.4", .unexpectedByte, 0), ("1.2.3.4 ", .unexpectedByte, 7),
        ("1.2.3.4\0", .unexpectedByte, 7), ("1.2.3.٤", .unexpectedByte, 6), ("+1.2.3.4", .unexpectedByte, 0),
        ("localhost", .unexpectedByte, 0), ("0x7f.0.0.1", .unexpectedByte, 1),
    ]) func malformedIPv4(text: String, kind: AddressError.Kind, offset: Int) {
        let found = fault(IPv4Address.self, text)
        #expect(found?.0 == kind && found?.1 == offset, "\(String(describing: found))")
    }

    @Test(arguments: [
        ("", AddressError.Kind.empty, 0), (":", .unexpectedByte, 0), (":1", .unexpectedByte, 0),
        ("1:2", .missingGroup, 3), ("1:2:3:4:5:6:7:", .missingGroup, 14), ("1:2:3:4:5:6:7:8:9", .tooManyGroups, 16),
        ("1:2:3:4::5:6:7:8", .tooManyGroups, 16), ("1::2::3", .secondCompression, 4),
        (":::", .secondCompression, 2), ("12345::", .groupTooLong, 0), ("::g", .unexpectedByte, 2),
        ("::1%eth0", .unexpectedByte, 3), ("::1.2.3", .missingOctet, 7), ("::1.2.3.04", .leadingZero, 8),
        ("1:2:3:4:5:6:7:1.2.3.4", .tooManyGroups, 14), ("[::1]", .unexpectedByte, 0), ("::é", .unexpectedByte, 2),
    ]) func malformedIPv6(text: String, kind: AddressError.Kind, offset: Int) {
        let found = fault(IPv6Address.self, text)
        #expect(found?.0 == kind && found?.1 == offset, "\(String(describing: found))")
    }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("FE80::0:1%eth0", "fe80::1%eth0"), ("fe80::1%3", "fe80::1%3"),
        ("::ffff:1.2.3.4", "::ffff:1.2.3.4"), ("::1%0", "::1%0"), ("64:ff9b::1.2.3.4", "64:ff9b::102:304"),
        ("::1.2.3.4", "::1.2.3.4"), ("::ff", "::ff"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"),
        ("1:2:0:3:4:5:6:7", "1:2:0:3:4:5:6:7"), ("ff02::1%a%b", "ff02::1%a%b"),
    ]) func ipAddresses(text: String, printed: String) throws {
        let address = try IPAddress(parsing: text)
        #expect(address.description == printed)
        #expect(try IPAddress(parsing: printed) == address)
    }

    @Test(arguments: [
        ("::1%", AddressError.Kind.invalidZone, 4), ("1.2.3.4%eth0", .unexpectedZone, 7), ("::1%a/b", .invalidZone, 5),
        ("::1%a b", .invalidZone, 5), ("::1%4294967296", .invalidZone, 4), ("::1%01", .leadingZero, 4),
        ("::1%abcdefghijklmnop", .interfaceNameTooLong, 4), ("::1%..", .invalidZone, 4), ("::1%a:b", .invalidZone, 5),
    ]) func malformedIPAddresses(text: String, kind: AddressError.Kind, offset: Int) {
        let found = fault(IPAddress.self, text)
        #expect(found?.0 == kind && found?.1 == offset, "\(String(describing: found))")
    }

    @Test(arguments: [
        "127.0.0.1:80", "0.0.0.0:0", "255.255.255.255:65535", "[::1]:80", "[fe80::1%eth0]:80", "[::1%7]:80?flow=5",
        "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%abcdefghijklmno]:65535?flow=4294967295", "[::1%a]b?c]:1", "unix:",
        "unix:/tmp/x", "unix:@name", "unix:\\@x", "family(29):0a0b", "family(0):", "family(65535):",
        "[::ffff:1.2.3.4]:1",
    ]) func socketAddressesReadBack(text: String) throws {
        let address = try SocketAddress(parsing: text)
        #expect(address.description == text)
        #expect(try SocketAddress(parsing: "<\(text)>".dropFirst().dropLast()) == address)
    }

    @Test(arguments: [
        ("", AddressError.Kind.empty, 0), ("127.0.0.1", .missingPort, 9), ("127.0.0.1:", .missingPort, 10),
        ("127.0.0.1:65536", .portOutOfRange, 10), ("127.0.0.1:-1", .invalidPort, 10),
        ("127.0.0.1:080", .leadingZero, 10),
        ("127.0.0.1:http", .invalidPort, 10), ("127.0.0.256:80", .octetOutOfRange, 8), ("::1:80", .unbracketedIPv6, 0),
        ("[::1]", .missingPort, 5), ("[::1]80", .trailingBytes, 5), ("[::1:80", .unclosedBracket, 0),
        ("[127.0.0.1]:80", .missingGroup, 10), ("localhost:80", .unexpectedByte, 0),
        ("[::1]:80?flow=", .invalidFlowInfo, 14),
        ("[::1]:80?fl", .invalidFlowInfo, 8), ("[::1]:80?flow=4294967296", .invalidFlowInfo, 14),
        ("family(65536):", .invalidFamily, 7), ("family(1", .invalidFamily, 0),
        ("family(1):0", .invalidHexadecimal, 10),
        ("family(1):0g", .invalidHexadecimal, 10), ("[]:80", .empty, 1), (":80", .empty, 0),
        ("]:80", .unexpectedByte, 0),
        ("family(1):" + String(repeating: "00", count: 127), .opaqueAddressTooLong, 262), ("[", .unclosedBracket, 0),
    ]) func malformedSocketAddresses(text: String, kind: AddressError.Kind, offset: Int) {
        let found = fault(SocketAddress.self, text)
        #expect(found?.0 == kind && found?.1 == offset, "\(String(describing: found))")
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func noTextTrapsAParser(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let texts = [
            "[fe80::1%eth0]:80?flow=5", "127.0.0.1:80", "unix:@a\\x00", "family(29):0a0b", "10.0.0.0/8", "h:http",
        ]
        for _ in 0..<20_000 {
            let text = random.damage(
                texts.randomElement(using: &random) ?? "", alphabet: Array("[]:.%/?\\@0f9(é\0".utf8))
            func reads<Address: AddressText>(_ type: Address.Type) {
                guard let address = Address(text) else { return }
                #expect(Address(address.description) == address, "seed \(seed): \(text.debugDescription)")
            }
            reads(SocketAddress.self)
            reads(HostPort.self)
            reads(IPAddress.self)
            reads(IPPrefix.self)
            reads(Zone.self)
            if let error = fault(OpaqueAddress.self, text) { #expect(error.1 <= text.utf8.count) }
        }
    }

    @Test func messagesSayWhatIsWrongAndWhatToDo() {
        func message<Address: AddressText>(_ type: Address.Type, _ text: String) -> String {
            do throws(AddressError) {
                _ = try Address(parsing: text)
                return ""
            } catch {
                return error.description
            }
        }
        let port = message(HostPort.self, "h:70000")
        #expect(port.hasPrefix("port 70000 is out of range 0...65535 in \"h:70000\""))
        #expect(message(HostPort.self, "::1:80").contains("[::1]:80"))
        #expect(message(IPv4Address.self, "1.2.3.256").hasPrefix("256 is out of range in \"1.2.3.256\" at byte 6"))
        #expect(message(IPv4Address.self, "a\u{1b}[1m\n\"").contains(#""a\u{1b}[1m\u{a}\"""#))
        #expect(message(IPv4Address.self, String(repeating: "é", count: 9999)).utf8.count < 400)
    }
}
