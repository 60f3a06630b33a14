import SocketModel
import TestSupport
import Testing

@Suite struct OptionBytesTests {
    @Test func bytesComeBackWhateverTheirNumber() {
        for seed in UInt64(1)...20 {
            var random = SeededGenerator(seed: seed)
            for count in 0...64 {
                let bytes = random.bytes(count)
                let value = OptionBytes(bytes)
                #expect(Array(value) == bytes, "seed \(seed), count \(count)")
                #expect(value == OptionBytes(bytes) && value.hashValue == OptionBytes(bytes).hashValue)
                var cut = value
                cut.truncate(to: count / 2)
                #expect(cut == OptionBytes(bytes.prefix(count / 2)), "seed \(seed), count \(count)")
            }
        }
    }

    @Test func fillingHoldsTheCountToTheCapacity() {
        for (claimed, expected) in [(-1, 0), (0, 0), (3, 3), (40, 40), (41, 40), (Int.max, 40)] {
            let bytes = unsafe OptionBytes(capacity: 40) { _ in claimed }
            #expect(bytes.count == expected)
        }
        #expect(OptionBytes(zeros: -5).isEmpty)
    }
}

/// A value that cannot be encoded, and why.
private struct Refusal: CustomTestStringConvertible, Sendable {
    let name: String
    let encode: @Sendable () throws -> OptionBytes
    let reason: OptionValueError.Reason
    var testDescription: String { name }
}

private let refusals: [Refusal] = [
    Refusal(
        name: "int too large", encode: { try SocketOption<Int>.socket.sendBufferSize.encode(1 << 31) },
        reason: .outOfRange(value: "2147483648", lowest: -2_147_483_648, highest: 2_147_483_647)),
    Refusal(
        name: "int too small", encode: { try SocketOption<Int>.ip.timeToLive.encode(.min) },
        reason: .outOfRange(value: "-9223372036854775808", lowest: -2_147_483_648, highest: 2_147_483_647)),
    Refusal(
        name: "text of 16 bytes",
        encode: { try SocketOption<String>.socket.boundDevice.encode(String(repeating: "a", count: 16)) },
        reason: .tooLong(count: 16, limit: 15)),
    Refusal(
        name: "text with NUL", encode: { try SocketOption<String>.tcp.congestionControl.encode("a\0b") },
        reason: .containsNUL),
    Refusal(
        name: "41 bytes of IP options",
        encode: { try SocketOption<[UInt8]>.ip.options.encode([UInt8](repeating: 1, count: 41)) },
        reason: .tooLong(count: 41, limit: 40)),
    Refusal(
        name: "read-only", encode: { try SocketOption<SocketType>.socket.type.encode(SocketType(rawValue: 1)) },
        reason: .notWritable),
    Refusal(
        name: "negative linger", encode: { try SocketOption<Linger>.socket.linger.encode(.on(seconds: -1)) },
        reason: .outOfRange(value: "-1", lowest: 0, highest: 2_147_483_647)),
    Refusal(
        name: "negative timeout", encode: { try SocketOption<Duration>.socket.sendTimeout.encode(.seconds(-1)) },
        reason: .outOfRange(value: "-1.0 seconds", lowest: 0, highest: .max)),
    Refusal(
        name: "256 sources",
        encode: {
            let address = IPv4Address(rawValue: 1)
            let sources = [IPv4Address](repeating: address, count: 256)
            return try SocketOption<IPv4SourceFilter>.ip.sourceFilter.encode(
                IPv4SourceFilter(group: address, mode: .include, sources: sources))
        }, reason: .outOfRange(value: "256 sources", lowest: 0, highest: 255)),
    Refusal(
        name: "4097 instructions",
        encode: {
            try SocketOption<[BPFInstruction]>.socket.filter.encode(
                [BPFInstruction](repeating: BPFInstruction(code: 6), count: 4097))
        }, reason: .tooLong(count: 32776, limit: 32768)),
    Refusal(
        name: "81 bytes of key",
        encode: {
            let key = TCPSignatureKey(peer: IPv4Address(rawValue: 1), key: [UInt8](repeating: 1, count: 81))
            return try SocketOption<TCPSignatureKey<IPv4Address>>.tcp.signatureKey.encode(key)
        }, reason: .tooLong(count: 81, limit: 80)),
]

@Suite struct OptionValueTests {
    @Test(arguments: refusals)
    private func valuesThatDoNotFitAreRefusedByName(_ refusal: Refusal) {
        let error = #expect(throws: OptionValueError.self) { try refusal.encode() }
        #expect(error?.reason == refusal.reason)
        #expect(error?.option != nil)
    }

    @Test func theErrorNamesTheOptionAndTheBounds() {
        let error = #expect(throws: OptionValueError.self) { try SocketOption<Int>.socket.mark2.encode(1 << 40) }
        #expect("\(error.map { "\($0)" } ?? "")" == "SO_MARK2: 1099511627776 is outside -2147483648...2147483647")
        #expect(throws: OptionValueError(.notReadable, option: "TCP_MD5SIG")) {
            try SocketOption<TCPSignatureKey<IPv4Address>>.tcp.signatureKey.decode([])
        }
    }

    @Test func theErrorSpeaksOfWhatTheCallerWrote() {
        #expect(throws: OptionValueError(.tooLong(count: 26, limit: 15), option: "TCP_CONGESTION")) {
            try SocketOption<String>.tcp.congestionControl.encode(String(repeating: "a", count: 26))
        }
        let error = #expect(throws: OptionValueError.self) {
            try SocketOption<Duration>.socket.receiveTimeout.encode(.seconds(-1))
        }
        #expect(error?.description == "SO_RCVTIMEO: -1.0 seconds is less than 0")
    }

    @Test(
        arguments: [
            ([UInt8](), nil), ([1], 1), ([0xff], 255), ([1, 2], 513), ([1, 0, 0, 0], 1),
            ([0xff, 0xff, 0xff, 0xff], -1),
            ([1, 0, 0, 0, 9, 9], 1),
        ] as [([UInt8], Int?)])
    func integersAreReadFromWhateverWidthTheKernelAnswers(bytes: [UInt8], expected: Int?) {
        #expect((try? Int(optionBytes: OptionBytes(bytes))) == expected)
    }

    @Test(
        arguments: [
            (Duration.zero, 0, 0), (.nanoseconds(1), 0, 1), (.microseconds(1), 0, 1), (.nanoseconds(1001), 0, 2),
            (.nanoseconds(1_999_999_999), 2, 0), (.seconds(Int64.max), Int64.max, 0),
            (Duration(secondsComponent: .max, attosecondsComponent: 999_999_999_999_999_999), Int64.max, 999_999),
        ] as [(Duration, Int64, Int64)])
    func timeoutsAreRoundedUpToMicroseconds(duration: Duration, seconds: Int64, microseconds: Int64) throws {
        let bytes = try duration.optionBytes()
        let expected = Duration(secondsComponent: seconds, attosecondsComponent: microseconds * 1_000_000_000_000)
        #expect(try Duration(optionBytes: bytes) == expected)
    }

    @Test func textEndsAtTheFirstNUL() throws {
        #expect(try String(optionBytes: OptionBytes(Array("bbr\0junk".utf8))) == "bbr")
        #expect(try String(optionBytes: []) == "")
        #expect(throws: OptionValueError(.invalidUTF8)) { try String(optionBytes: [0xff, 0]) }
    }

    @Test func noErrorIsNil() throws {
        #expect(try Errno?(optionBytes: [0, 0, 0, 0]) == nil)
        #expect(try Errno?.some(Errno(rawValue: 4)).optionBytes() == [4, 0, 0, 0])
    }

    @Test func filtersOfICMPv6BlockByType() throws {
        var filter = ICMPv6Filter.blockAll
        filter[blocks: 128] = false
        let read = try ICMPv6Filter(optionBytes: try filter.optionBytes())
        #expect((UInt8.min...UInt8.max).filter { !read[blocks: $0] } == [128])
    }

    @Test func structuresComeBack() throws {
        let v4 = IPv4Address(rawValue: 0xe000_0101)
        let v6 = IPv6Address(high: 0xff02 << 48, low: 1)
        func check<Value: SocketOptionValue>(_ value: Value) throws {
            #expect(try Value(optionBytes: try value.optionBytes()) == value)
        }
        try check(IPv4Membership(group: v4, interfaceAddress: v4, interfaceIndex: 3))
        try check(IPv4SourceMembership(group: v4, source: IPv4Address(rawValue: 9), interfaceAddress: v4))
        try check(IPv6Membership(group: v6, interfaceIndex: 3))
        try check(GroupRequest(group: v6, interfaceIndex: 3))
        try check(SourceGroupRequest(group: v4, source: v4, interfaceIndex: 3))
        try check(GroupFilter(group: v6, mode: .exclude, sources: [v6, v6]))
        try check(IPv4SourceFilter(group: v4, mode: .include, sources: [v4, IPv4Address(rawValue: 7)]))
        try check(TCPSignatureKey(peer: v6, prefixLength: 64, key: Array(1...80)))
        try check(PathMTU(destination: v6, scope: 4, mtu: 1280))
        try check(Timestamping([.receiveSoftware, .reportSoftware], boundClock: 2))
        try check(LocalPortRange(lowest: 40000, highest: 50000))
        try check(UnicastInterface(index: 0x0102_0304))
        try check([BPFInstruction(code: 6, operand: .max), BPFInstruction(code: 0x28, jumpTrue: 1, jumpFalse: 2)])
    }
}

extension SocketLevelOptions {
    /// An option made by a user of the package.
    fileprivate var mark2: SocketOption<Int> {
        SocketOption(level: OptionLevel(rawValue: 1), name: 999, cName: "SO_MARK2", .readWrite)
    }
}
