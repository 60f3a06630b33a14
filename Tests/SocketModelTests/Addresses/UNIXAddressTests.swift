import SocketModel
import TestSupport
import Testing

@Suite struct UNIXAddressTests {
    @Test func textForms() throws {
        let rows: [(UNIXAddress, String)] = [
            (.unnamed, ""),
            (try UNIXAddress(path: "/tmp/x"), "/tmp/x"),
            (try UNIXAddress(path: "@x"), "\\@x"),
            (try UNIXAddress(path: "a@x"), "a@x"),
            (try UNIXAddress(path: "/tmp/ä b"), "/tmp/ä b"),
            (try UNIXAddress(path: "a\\b\n"), "a\\\\b\\x0a"),
            (try UNIXAddress(path: [0xff, 0x41, 0xc3]), "\\xffA\\xc3"),
            (try UNIXAddress(path: "a\u{202e}"), "a\\xe2\\x80\\xae"),
            (try UNIXAddress(abstract: "foo"), "@foo"),
            (try UNIXAddress(abstract: "@foo"), "@@foo"),
            (try UNIXAddress(abstract: ""), "@"),
            (try UNIXAddress(abstract: [0, 0xfe]), "@\\x00\\xfe"),
        ]
        for (address, text) in rows {
            #expect(address.description == text)
            #expect(try UNIXAddress(parsing: text) == address)
        }
    }

    @Test(arguments: [
        ("\\", AddressError.Kind.invalidEscape, 0), ("a\\n", .invalidEscape, 1), ("\\x4", .invalidEscape, 0),
        ("\\xg0", .invalidEscape, 0), ("a\\x00", .pathContainsNUL, 1), ("a\0", .pathContainsNUL, 1),
        (String(repeating: "p", count: 109), .pathTooLong, 108),
        ("@" + String(repeating: "p", count: 108), .abstractNameTooLong, 108),
    ]) func malformedText(text: String, kind: AddressError.Kind, offset: Int) {
        #expect(throws: AddressError(kind, input: text, offset: offset)) { try UNIXAddress(parsing: text) }
    }

    @Test func limits() throws {
        #expect(try UNIXAddress(path: String(repeating: "p", count: 108)).bytes.count == 108)
        #expect(kind { try UNIXAddress(path: String(repeating: "p", count: 109)) } == .pathTooLong)
        #expect(try UNIXAddress(abstract: String(repeating: "p", count: 107)).bytes.count == 107)
        #expect(kind { try UNIXAddress(abstract: String(repeating: "p", count: 108)) } == .abstractNameTooLong)
        #expect(kind { try UNIXAddress(path: "") } == .emptyPath)
        #expect(kind { try UNIXAddress(path: "a\0b") } == .pathContainsNUL)
        #expect(kind { try UNIXAddress(path: [0xff, 0]) } == .pathContainsNUL)
    }

    private func kind(_ body: () throws -> UNIXAddress) -> AddressError.Kind? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? AddressError)?.kind
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func textOfAnyBytesReadsBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10_000 {
            let bytes = random.bytes(Int.random(in: 0...107, using: &random))
            let abstract = try UNIXAddress(abstract: bytes)
            #expect(UNIXAddress(abstract.description) == abstract, "seed \(seed)")
            #expect(SocketAddress(SocketAddress.unix(abstract).description) == .unix(abstract), "seed \(seed)")
            let path = bytes.filter { $0 != 0 }
            if path.isEmpty { continue }
            let address = try UNIXAddress(path: path)
            #expect(UNIXAddress(address.description) == address, "seed \(seed)")
            #expect(address.description.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "seed \(seed)")
        }
    }
}
