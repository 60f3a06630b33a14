import Layers
import SeededRandomness
import SocketModel
import Testing

@Suite struct `The PROXY protocol` {
    private static let four = ProxyHeader(
        source: .ipv4(IPv4Address(192, 168, 0, 1), port: 56324),
        destination: .ipv4(IPv4Address(192, 168, 0, 11), port: 443))
    private static let six = ProxyHeader(
        source: .ipv6(.loopback, port: 1), destination: .ipv6(IPv6Address(high: 0x2001_0db8 << 32, low: 5), port: 65535)
    )

    private static let signature: [UInt8] = [0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]

    @Test func `is a line in version 1`() throws {
        #expect(try Self.four.encoded(as: .v1) == Array("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n".utf8))
        #expect(try Self.six.encoded(as: .v1) == Array("PROXY TCP6 ::1 2001:db8::5 1 65535\r\n".utf8))
        #expect(try ProxyHeader().encoded(as: .v1) == Array("PROXY UNKNOWN\r\n".utf8))
    }

    @Test func `is binary in version 2`() throws {
        let fourBytes: [UInt8] = [0x21, 0x11, 0, 12, 192, 168, 0, 1, 192, 168, 0, 11, 220, 4, 1, 187]
        #expect(try Self.four.encoded(as: .v2) == Self.signature + fourBytes)
        let local: [UInt8] = Self.signature + [0x20, 0, 0, 0]
        #expect(try ProxyHeader().encoded(as: .v2) == local)
    }

    @Test(arguments: [
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324\r\n", "PROXY TCP4 192.168.0.1 ::1 1 2\r\n",
        "PROXY TCP6 ::1 1.2.3.4 1 2\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 -1 2\r\n",
        "PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n", "PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n",
        "PROXY \r\n",
        "PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n",
        "PROXY " + String(repeating: "x", count: 101),
    ])
    func `refuses lines that are wrong`(line: String) {
        guard case .malformed? = failure(Array(line.utf8)) else {
            Issue.record("\(line) is taken")
            return
        }
    }

    @Test func `tells at the first byte that there is none`() {
        #expect(failure(Array("G".utf8)) == .missing)
        #expect(failure(Array("PROXX".utf8)) == .missing)
        #expect(failure([0x0d, 0x0a, 0x0d, 0x0b]) == .missing)
        #expect(failure([0x0d]) == nil)
    }

    @Test func `checks what it is told`() throws {
        let good = try ProxyHeader(
            source: .ipv4(.loopback, port: 1), destination: .ipv4(.loopback, port: 2),
            fields: [.init(.authority, Array("example.org".utf8)), .init(.checksum, [])]
        ).encoded(as: .v2)
        let header = try #require(try ProxyHeader.decode(good)).header
        #expect(header[.authority] == [Array("example.org".utf8)])
        // All but the byte that says which extension the checksum is.
        for index in good.indices.dropFirst(16) where index != good.count - 7 {
            var broken = good
            broken[index] ^= 0x10
            #expect((try? ProxyHeader.decode(broken)) == nil, "byte \(index)")
        }
        #expect(failure(good, limit: 30) == .tooLong(limit: 30))
        var version = good
        version[12] = 0x31
        #expect(failure(version) == .malformed("version 3"))
    }

    @Test func `refuses what a version cannot say`() throws {
        let mixed = ProxyHeader(source: .ipv4(.any, port: 1), destination: .ipv6(.any, port: 1))
        let long = ProxyHeader(local: [.init(.noOperation, [UInt8](repeating: 0, count: 65_536))])
        let unix = ProxyHeader(source: .unix(try UNIXAddress(path: "/a")), destination: .unix(.unnamed))
        for (header, version) in [(mixed, .v1), (mixed, .v2), (long, .v2), (unix, .v1)]
            as [(ProxyHeader, ProxyHeader.Version)]
        {
            #expect(throws: ProxyHeaderError.self) { try header.encoded(as: version) }
        }
        #expect(throws: ProxyHeaderError.self) { try ProxyHeader(local: [.init(.alpn, [])]).encoded(as: .v1) }
        let checks = ProxyHeader(local: [.init(.checksum, []), .init(.checksum, [])])
        #expect(throws: ProxyHeaderError.self) { try checks.encoded(as: .v2) }
        let name = SocketAddress.unix(try UNIXAddress(abstract: [1, 0, 2]))
        #expect(throws: ProxyHeaderError.self) { try ProxyHeader(source: name, destination: name).encoded(as: .v2) }
    }

    /// What is written is read, over any split, and what comes behind it is the next layer's.
    /// Health checks are made so: they are taken whatever else the header says.
    @Test(
        arguments: [
            [0x20, 0x11, 0, 0], [0x20, 0x21, 0, 3, 9, 9, 9], [0x20, 0x31, 0, 2, 1, 2], [0x20, 0x17, 0, 0],
            [0x20, 0x00, 0, 4, 1, 2, 3, 4], [0x20, 0xf9, 0, 1, 0], [0x21, 0x00, 0, 0], [0x21, 0x01, 0, 0],
        ] as [[UInt8]]) func `of the proxy's own connections is taken`(rest: [UInt8]) throws
    {
        let bytes = Self.signature + rest
        let (header, length) = try #require(try ProxyHeader.decode(bytes + [7]))
        #expect(header.origin == .local)
        #expect(length == bytes.count)
    }

    @Test(
        arguments: [
            ([0x21, 0x41, 0, 0], "family 4"), ([0x21, 0xf1, 0, 0], "family 15"), ([0x21, 0x07, 0, 0], "transport 7"),
            ([0x21, 0x10, 0, 0], "transport 0"), ([0x22, 0x11, 0, 0], "command 2"),
        ] as [([UInt8], String)]) func `of what the protocol does not have is refused`(rest: [UInt8], why: String)
    {
        #expect(failure(Self.signature + rest) == .malformed(why))
    }

    @Test(arguments: 0..<300) func `is read as it was written`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let header = Self.random(&random)
        let version: ProxyHeader.Version =
            header.fields.isEmpty && header.type == .stream && !header.isUNIX && random.below(2) == 0 ? .v1 : .v2
        let bytes = try header.encoded(as: version)
        var reader = Script(ProxyHeaderReader())
        reader.receive(bytes + Array("GET /".utf8), inPieces: { 1 + random.below(40) })
        guard case .header(let read)? = reader.events.first, reader.events.count == 1 else {
            Issue.record("seed \(seed): \(reader.events)")
            return
        }
        #expect(read.origin == header.origin && read.fields.map(\.type) == header.fields.map(\.type), "seed \(seed)")
        reader.tell { #expect($0.takeUnread() == "GET /", "seed \(seed)") }
        var cut = Script(ProxyHeaderReader())
        cut.receive(Array(bytes.dropLast(1 + random.below(bytes.count))))
        cut.end()
        #expect(cut.events == [.failed(.truncated)] && cut.isClosed, "seed \(seed)")
    }

    private static func random(_ random: inout SeededGenerator) -> ProxyHeader {
        let port = UInt16(random.below(65_536))
        var header: ProxyHeader
        switch random.below(4) {
        case 0: header = four
        case 1: header = six
        case 2:
            guard let path = try? UNIXAddress(path: "/run/\(port)"), let name = try? UNIXAddress(abstract: "n\(port)")
            else { return four }
            header = ProxyHeader(source: .unix(path), destination: .unix(name))
        default: header = ProxyHeader()
        }
        if random.below(3) == 0 { header.fields = [.init(.uniqueID, [1, 2, 3]), .init(.init(rawValue: 0xe0), [])] }
        if random.below(3) == 0 { header.fields.append(.init(.checksum, [])) }
        if random.below(4) == 0, header.origin != .local { header.type = .datagram }
        return header
    }

    private func failure(_ bytes: [UInt8], limit: Int = 4096) -> ProxyHeaderError? {
        do throws(ProxyHeaderError) {
            _ = try ProxyHeader.decode(bytes, limit: limit)
            return nil
        } catch {
            return error
        }
    }
}

extension ProxyHeader {
    fileprivate var isUNIX: Bool {
        if case .relayed(.unix, _) = origin { true } else { false }
    }
}
