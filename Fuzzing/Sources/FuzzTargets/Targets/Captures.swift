import SocketModel

@testable import BackendSim

/// Packets of any content as frames and as a capture: lengths, checksums and fragments are those of the RFCs.
func fuzzCaptures(_ bytes: [UInt8]) throws {
    var script = Script(bytes)
    let packet = makePacket(&script)
    let largest = 68 + Int(script.number(UInt16.self)) % 9000
    let frames = packet.frames(maximumPacket: largest)
    var writer = PcapngWriter()
    writer.addInterface("a-b", String(decoding: script.bytes(script.pick(32)), as: UTF8.self))
    var carried: [UInt8] = []
    for frame in frames {
        try demand(frame.count <= 14 + largest, "a frame of \(frame.count) bytes")
        carried += try carriedBytes(of: frame, packet)
        let comments = script.pick(2) == 0 ? [] : [String(decoding: script.bytes(script.pick(32)), as: UTF8.self)]
        writer.add(frame, interface: 0, time: script.number(), comments: comments)
    }
    try demand(carried, equals: Transport(packet).bytes, "what the frames carry together")
    try checkChecksum(carried, packet)
    try checkBlocks(writer.bytes, packets: frames.count)
}

private func makePacket(_ script: inout Script) -> TracedPacket {
    let packet = Packet()
    let isIPv6 = script.pick(2) == 0
    func address() -> IPAddress {
        isIPv6
            ? .v6(IPv6Address(high: script.number(), low: script.number()))
            : .v4(IPv4Address(rawValue: script.number()))
    }
    (packet.source, packet.destination) = (address(), address())
    (packet.hopLimit, packet.trafficClass) = (script.byte(), script.byte())
    switch script.pick(3) {
    case 0:
        packet.content = .tcp(
            TCPHeader(
                sourcePort: script.number(), destinationPort: script.number(), sequence: script.number(),
                acknowledgement: script.number(), flags: TCPFlags(rawValue: script.byte()), window: script.number(),
                maximumSegment: script.number(), windowScale: script.byte()))
    case 1: packet.content = .udp(source: script.number(), destination: script.number())
    default:
        let original = Packet.Original(
            isTCP: script.pick(2) == 0, source: script.number(), destination: script.number(),
            destinationAddress: address())
        packet.content = .unreachable(.connectionRefused, original)
    }
    packet.payload = [UInt8](repeating: script.byte(), count: Int(script.number(UInt16.self)) % 20_000)
    let simulation = Simulation()
    return TracedPacket(packet, simulation.host("a").path(to: simulation.host("b")))
}

/// What a frame carries behind the headers of Ethernet and IP, which must say how much that is.
private func carriedBytes(of frame: [UInt8], _ packet: TracedPacket) throws -> [UInt8] {
    let ip = Array(frame[14...])
    let type = UInt16(frame[12]) << 8 | UInt16(frame[13])
    try demand(type, equals: packet.isIPv6 ? 0x86DD : 0x0800, "the frame's type")
    if packet.isIPv6 {
        try demand(ip[0] >> 4, equals: 6, "the version")
        try demand(number(ip, 4), equals: ip.count - 40, "the length")
        return Array(ip[(ip[6] == 44 ? 48 : 40)...])
    }
    try demand(ip[0], equals: 0x45, "version and header length")
    try demand(number(ip, 2), equals: ip.count, "the length")
    try demand(onesComplementSum(ip[..<20]), equals: 0xFFFF, "the header's checksum")
    return Array(ip[20...])
}

/// With its own checksum in it the sum of everything is all ones.
private func checkChecksum(_ carried: [UInt8], _ packet: TracedPacket) throws {
    let protocolNumber = Transport(packet).number
    guard protocolNumber != 1 else { return try demand(onesComplementSum(carried[...]), equals: 0xFFFF, "ICMP") }
    var pseudo: [UInt8] = []
    for address in [packet.source, packet.destination] { pseudo += address.packed }
    pseudo += [0, 0, UInt8(carried.count >> 8 & 0xFF), UInt8(carried.count & 0xFF), 0, 0, 0, protocolNumber]
    try demand(onesComplementSum((pseudo + carried)[...]), equals: 0xFFFF, "the checksum of \(protocolNumber)")
}

private func onesComplementSum(_ bytes: ArraySlice<UInt8>) -> Int {
    var sum = 0
    for (index, byte) in bytes.enumerated() { sum += index % 2 == 0 ? Int(byte) << 8 : Int(byte) }
    while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
    return sum
}

private func number(_ bytes: [UInt8], _ offset: Int) -> Int { Int(bytes[offset]) << 8 | Int(bytes[offset + 1]) }

/// The blocks fill the file, say their length twice, and are one section, one interface and the packets.
private func checkBlocks(_ file: [UInt8], packets: Int) throws {
    func word(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(file[offset + $1]) << (8 * $1) } }
    var types: [Int] = []
    var offset = 0
    while offset < file.count {
        try demand(offset + 12 <= file.count, "a block that is cut short")
        let length = word(offset + 4)
        try demand(length % 4 == 0 && length >= 12 && offset + length <= file.count, "a block of \(length) bytes")
        try demand(word(offset + length - 4), equals: length, "the length behind a block")
        types.append(word(offset))
        offset += length
    }
    try demand(types, equals: [0x0A0D_0D0A, 1] + Array(repeating: 6, count: packets), "the blocks")
}
