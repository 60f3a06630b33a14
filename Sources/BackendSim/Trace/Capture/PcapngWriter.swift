/// Writes a capture file: the blocks of pcapng (draft-ietf-opsawg-pcapng), least significant byte first.
struct PcapngWriter {
    private(set) var bytes: [UInt8] = []

    private enum Block {
        static let section: UInt32 = 0x0A0D_0D0A
        static let interface: UInt32 = 1
        static let packet: UInt32 = 6
    }

    private enum Option {
        static let comment: UInt16 = 1
        static let interfaceName: UInt16 = 2
        static let interfaceDescription: UInt16 = 3
        static let application: UInt16 = 4
        static let resolution: UInt16 = 9
    }

    /// The most bytes of one text: an option's length has 16 bits.
    private static let longestText = 65_000

    init() {
        // The order of bytes, version 1.0, and a length that is not told.
        var body = Body()
        body.append(0x1A2B_3C4D as UInt32)
        body.append(1 as UInt16)
        body.append(0 as UInt16)
        body.append(UInt64.max)
        body.append(Option.application, "swift-sockets")
        body.endOptions()
        append(Block.section, body)
    }

    /// An interface: they are numbered from 0. Times of its packets are nanoseconds.
    mutating func addInterface(_ name: String, _ description: String) {
        var body = Body()
        // Ethernet, and frames of any length.
        body.append(1 as UInt16)
        body.append(0 as UInt16)
        body.append(0 as UInt32)
        body.append(Option.interfaceName, name)
        body.append(Option.interfaceDescription, description)
        body.append(Option.resolution, [9])
        body.endOptions()
        append(Block.interface, body)
    }

    /// A frame that an interface has seen, with what there is to say about it.
    mutating func add(_ frame: [UInt8], interface: Int, time: Int64, comments: [String]) {
        var body = Body()
        body.append(UInt32(truncatingIfNeeded: interface))
        body.append(UInt32(truncatingIfNeeded: time >> 32))
        body.append(UInt32(truncatingIfNeeded: time))
        body.append(UInt32(truncatingIfNeeded: frame.count))
        body.append(UInt32(truncatingIfNeeded: frame.count))
        body.append(padded: frame)
        for comment in comments { body.append(Option.comment, comment) }
        if !comments.isEmpty { body.endOptions() }
        append(Block.packet, body)
    }

    private mutating func append(_ type: UInt32, _ body: Body) {
        var block = Body()
        let length = UInt32(truncatingIfNeeded: body.bytes.count + 12)
        block.append(type)
        block.append(length)
        bytes += block.bytes
        bytes += body.bytes
        block = Body()
        block.append(length)
        bytes += block.bytes
    }

    private struct Body {
        private(set) var bytes: [UInt8] = []

        mutating func append(_ value: some FixedWidthInteger) {
            var rest = value
            for _ in 0..<value.bitWidth / 8 {
                bytes.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }

        mutating func append(padded more: [UInt8]) {
            bytes += more
            while bytes.count % 4 != 0 { bytes.append(0) }
        }

        mutating func append(_ option: UInt16, _ text: String) {
            append(option, Array(String(decoding: text.utf8.prefix(longestText), as: UTF8.self).utf8.prefix(0xFFFF)))
        }

        mutating func append(_ option: UInt16, _ value: [UInt8]) {
            append(option)
            append(UInt16(truncatingIfNeeded: value.count))
            append(padded: value)
        }

        mutating func endOptions() { append(0 as UInt32) }
    }
}
