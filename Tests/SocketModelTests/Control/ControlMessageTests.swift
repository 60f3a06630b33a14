import SocketModel
import SystemHeaders
import TestSupport
import Testing

private let v4 = IPv4Address(rawValue: 0x7f00_0001)
private let v6 = IPv6Address(high: 0, low: 1)
private let stamp = Timestamp(seconds: 1_700_000_000, nanoseconds: 123_456_000)

/// A message, and the level, type and payload C has for it.
private struct Row: CustomTestStringConvertible, Sendable {
    let message: ControlMessage
    let level: Int32
    let type: Int32
    let payload: [UInt8]
    var testDescription: String { "\(message)" }

    init(_ message: ControlMessage, _ level: Int32, _ type: Int32, _ payload: [UInt8]) {
        self.message = message
        self.level = level
        self.type = type
        self.payload = payload
    }
}

private let stampSeconds: [UInt8] = [0, 0xf1, 0x53, 0x65, 0, 0, 0, 0]
private let stampNanoseconds: [UInt8] = [0, 0xca, 0x5b, 0x07, 0, 0, 0, 0]
private let stampMicroseconds: [UInt8] = [0x40, 0xe2, 0x01, 0, 0, 0, 0, 0]
private let sixteenZeros = [UInt8](repeating: 0, count: 16)

private let rows: [Row] = [
    Row(.rights([3, 258]), 1, 1, [3, 0, 0, 0, 2, 1, 0, 0]),
    Row(.rights([]), 1, 1, []),
    Row(
        .credentials(PeerCredentials(processID: 1, userID: 2, groupID: 3)), 1, 2, [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]),
    Row(.securityLabel(Array("label".utf8)), 1, 3, Array("label".utf8)),
    Row(.processDescriptor(-3), 1, 4, [0xfd, 0xff, 0xff, 0xff]),
    Row(
        .ipv4PacketInfo(IPv4PacketInfo(interfaceIndex: 2, localAddress: v4, destination: v4)), 0, 8,
        [2, 0, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]),
    Row(
        .ipv6PacketInfo(IPv6PacketInfo(address: v6, interfaceIndex: 2)), 41, 50,
        sixteenZeros.dropLast() + [1, 2, 0, 0, 0]),
    Row(.timeToLive(64), 0, 2, [64, 0, 0, 0]),
    Row(.hopLimit(-1), 41, 52, [255, 255, 255, 255]),
    Row(.typeOfService(.lowDelay), 0, 1, [0x10]),
    Row(.trafficClass(0xb8), 41, 67, [0xb8, 0, 0, 0]),
    Row(.flowInfo(0x0abcde), 41, 11, [0, 0x0a, 0xbc, 0xde]),
    Row(.hopByHopOptions([59, 0, 1, 4, 0, 0, 0, 0]), 41, 54, [59, 0, 1, 4, 0, 0, 0, 0]),
    Row(.destinationOptions([59, 0, 1, 4, 0, 0, 0, 0]), 41, 59, [59, 0, 1, 4, 0, 0, 0, 0]),
    Row(.routingHeader([59, 0, 0, 0, 0, 0, 0, 0]), 41, 57, [59, 0, 0, 0, 0, 0, 0, 0]),
    Row(
        .originalDestination([2, 0, 0, 80] + sixteenZeros.dropLast(4)), 0, 20, [2, 0, 0, 80] + sixteenZeros.dropLast(4)),
    Row(.originalDestination([10, 0, 0, 80] + sixteenZeros), 41, 74, [10, 0, 0, 80] + sixteenZeros),
    Row(.timestamp(stamp), 1, 29, stampSeconds + stampMicroseconds),
    Row(.timestampNanoseconds(stamp), 1, 35, stampSeconds + stampNanoseconds),
    Row(
        .timestamps(PacketTimestamps(software: stamp, hardware: stamp)), 1, 37,
        stampSeconds + stampNanoseconds + sixteenZeros + stampSeconds + stampNanoseconds),
    Row(.timestampIdentifier(7), 1, 81, [7, 0, 0, 0]),
    Row(.transmitTime(1 << 40), 1, 61, [0, 0, 0, 0, 0, 1, 0, 0]),
    Row(.udpSegmentSize(1200), 17, 103, [0xb0, 4]),
    Row(.udpReceiveSegmentSize(1200), 17, 104, [0xb0, 4, 0, 0]),
    Row(.receiveQueueLength(5), 6, 36, [5, 0, 0, 0]),
    Row(
        .ipv4Error(ExtendedError(errno: Errno(rawValue: 111), origin: .icmp, type: 3, code: 3, offender: [2, 0])), 0,
        11,
        [111, 0, 0, 0, 2, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]),
    Row(
        .ipv6Error(ExtendedError(errno: Errno(rawValue: 90), origin: .local, info: 1280, data: 9)), 41, 25,
        [90, 0, 0, 0, 1, 0, 0, 0, 0, 5, 0, 0, 9, 0, 0, 0]),
    Row(.droppedDatagrams(.max), 1, 40, [255, 255, 255, 255]),
    Row(.mark(6), 1, 36, [6, 0, 0, 0]),
    Row(.priority(6), 1, 12, [6, 0, 0, 0]),
    Row(.other(level: OptionLevel(rawValue: 99), type: 98, bytes: [1, 2, 3]), 99, 98, [1, 2, 3]),
]

/// What the C macros build of rows.
private func builtByC(_ rows: [Row]) -> [UInt8] {
    let payloads = rows.flatMap(\.payload)
    return unsafe payloads.withUnsafeBufferPointer { pool in
        var start = 0
        var messages: [c_control_message] = unsafe []
        for row in rows {
            let payload = unsafe pool.baseAddress.map { unsafe $0 + start }
            unsafe messages.append(
                c_control_message(level: row.level, type: row.type, length: UInt(row.payload.count), payload: payload))
            start += row.payload.count
        }
        var buffer = [UInt8](repeating: 0xee, count: 16384)
        let used = unsafe build_control_messages(messages, UInt(messages.count), &buffer, UInt(buffer.count))
        return Array(buffer.prefix(Int(used)))
    }
}

@Suite struct ControlMessageTests {
    @Test(arguments: rows)
    private func aMessageHasTheBytesOfTheMacrosAndComesBack(_ row: Row) throws {
        let bytes = Array(try ControlMessage.encode([row.message]))
        #expect(bytes == builtByC([row]))
        #expect(bytes.count == ControlMessage.encodedLength(of: [row.message]))
        #expect(ControlMessage.decode(OptionBytes(bytes)) == ReceivedControlMessages(messages: [row.message]))
    }

    @Test func manyMessagesHaveTheBytesOfTheMacrosAndComeBack() throws {
        for seed in UInt64(1)...200 {
            var random = SeededGenerator(seed: seed)
            let chosen = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
                rows.randomElement(using: &random)
            }
            let messages = chosen.map(\.message)
            let bytes = Array(try ControlMessage.encode(messages))
            #expect(bytes == builtByC(chosen), "seed \(seed)")
            #expect(
                ControlMessage.decode(OptionBytes(bytes)) == ReceivedControlMessages(messages: messages), "seed \(seed)"
            )
        }
    }

    @Test func spaceIsThatOfTheMacro() {
        for payload in 0...4096 {
            #expect(ControlMessage.space(forPayload: payload) == Int(control_message_space(UInt(payload))))
        }
        #expect(ControlMessage.space(forPayload: -1) == 16)
        #expect(ControlMessage.space(forPayload: .max) > Int.max - 8)
    }

    @Test func capacityHoldsOneOfEachKind() throws {
        let capacity = ControlMessage.capacity(for: [.rights(3), .credentials, .timestamps, .packetInfo])
        let messages: [ControlMessage] = [
            .rights([1, 2, 3]), .credentials(PeerCredentials(processID: 1, userID: 1, groupID: 1)),
            .timestamps(PacketTimestamps(software: stamp, hardware: stamp)),
            .ipv6PacketInfo(IPv6PacketInfo(address: v6)),
        ]
        #expect(capacity == ControlMessage.encodedLength(of: messages))
        #expect(ControlMessage.capacity(for: [.rights(1000)]) == ControlMessage.space(forPayload: 253 * 4))
        #expect(ControlMessage.capacity(for: [.rights(-1), .other(payload: .max)]) > 0)
    }

    @Test func messagesReceivedUnderNewerNumbersAreTheSameMessages() {
        let newer: [(Int32, ControlMessage, [UInt8])] = [
            (63, .timestamp(stamp), stampSeconds + stampMicroseconds),
            (64, .timestampNanoseconds(stamp), stampSeconds + stampNanoseconds),
            (
                65, .timestamps(PacketTimestamps(software: stamp, hardware: stamp)),
                stampSeconds + stampNanoseconds + sixteenZeros + stampSeconds + stampNanoseconds
            ),
            (84, .receiveQueueLength(9), [9, 0, 0, 0]),
        ]
        for (type, message, payload) in newer {
            let bytes = builtByC([Row(message, 1, type, payload)])
            #expect(ControlMessage.decode(OptionBytes(bytes)).messages == [message])
        }
    }

    @Test func knownTypesWithOddPayloadsAreKept() {
        for row in rows where row.level != 99 {
            let odd = row.payload + [1, 2, 3, 4, 5]
            let decoded = ControlMessage.decode(OptionBytes(builtByC([Row(row.message, row.level, row.type, odd)])))
            #expect(decoded.messages.count == 1, "\(row.message)")
        }
        let short = builtByC([Row(.mark(1), 1, 36, [1])])
        #expect(
            ControlMessage.decode(OptionBytes(short)).messages
                == [.other(level: OptionLevel(rawValue: 1), type: 36, bytes: [1])])
    }

    @Test func descriptorsOfACutMessageAreKept() throws {
        let whole = Array(try ControlMessage.encode([.mark(1), .rights([5, 6, 7])]))
        for (kept, expected) in [(24 + 16 + 12, [5, 6, 7]), (24 + 16 + 11, [5, 6]), (24 + 16 + 4, [5])]
            as [(Int, [Int32])]
        {
            let received = ControlMessage.decode(OptionBytes(whole.prefix(kept)))
            #expect(received.messages == [.mark(1), .rights(expected)])
            #expect(received.isTruncated == (expected.count < 3))
        }
    }

    @Test func encodingRefusesWhatTheKernelWould() throws {
        let limit = [Int32](repeating: 1, count: 253)
        #expect(try ControlMessage.encode([.rights(limit)]).count == 16 + 253 * 4 + 4)
        #expect(throws: ControlMessageError.tooManyRights(count: 254, limit: 253)) {
            try ControlMessage.encode([.rights(limit), .rights([1])])
        }
        #expect(throws: ControlMessageError.self) { try ControlMessage.encode([.timeToLive(1 << 40)]) }
        for room in 0..<24 {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 1)
            defer { unsafe buffer.deallocate() }
            #expect(throws: ControlMessageError.bufferTooSmall(needed: 24, available: room)) {
                try unsafe ControlMessage.encode([.mark(1)], into: buffer)
            }
        }
    }

    @Test func garbageNeverTraps() {
        for seed in UInt64(1)...3000 {
            var random = SeededGenerator(seed: seed)
            var bytes = random.bytes(Int.random(in: 0...200, using: &random))
            // Half of the time a header that leads somewhere.
            if seed.isMultiple(of: 2), bytes.count >= 16 {
                let lengths: [UInt64] = [16, 17, 20, 28, 64, UInt64(bytes.count), .max, .max - 7, 1 << 63, 15, 0]
                let length = lengths[Int.random(in: 0..<lengths.count, using: &random)]
                for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: length >> (index * 8)) }
                for index in 8..<16 { bytes[index] = index == 8 ? [0, 1, 6, 17, 41][Int(seed % 5)] : 0 }
                bytes[12] = UInt8(truncatingIfNeeded: seed % 90)
            }
            let received = ControlMessage.decode(OptionBytes(bytes))
            #expect(received.messages.count <= bytes.count / 16, "seed \(seed)")
            #expect(throws: Never.self, "seed \(seed)") { try ControlMessage.encode(received.messages) }
        }
    }

    @Test func whatTheMacrosFindIsFound() {
        for seed in UInt64(1)...500 {
            var random = SeededGenerator(seed: seed)
            let chosen = (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
                rows.randomElement(using: &random)
            }
            var bytes = builtByC(chosen)
            var found = unsafe [c_control_message](repeating: c_control_message(), count: 16)
            let count = unsafe walk_control_messages(&bytes, UInt(bytes.count), &found, UInt(found.count))
            #expect(ControlMessage.decode(OptionBytes(bytes)).messages.count == Int(count), "seed \(seed)")
        }
    }
}
