/// A set of types as NSEC records have it: windows of 256 types, a bit each (RFC 4034, section 4.1.2).
enum DNSTypeBitmap {
    static func read(from reader: inout DNSReader) throws(DNSDecodingError) -> [DNSRecordType] {
        var types: [DNSRecordType] = []
        var previous = -1
        while reader.remaining > 0 {
            let window = try reader.readUInt8()
            let count = try reader.readUInt8()
            guard Int(window) > previous, 1...32 ~= count else { throw reader.error(.invalidData) }
            previous = Int(window)
            for (place, byte) in try reader.readBytes(Int(count)).enumerated() {
                for bit in 0..<8 where byte & 0x80 >> bit != 0 {
                    types.append(DNSRecordType(rawValue: UInt16(window) << 8 | UInt16(place * 8 + bit)))
                }
            }
        }
        return types
    }

    /// In whatever order the types are, and however often.
    static func write(_ types: [DNSRecordType], to writer: inout DNSWriter) {
        var window = -1
        var bits: [UInt8] = []
        func flush() {
            guard window >= 0 else { return }
            writer.write(UInt8(window))
            writer.write(text: bits)
        }
        for number in types.map(\.rawValue).sorted() {
            if window != Int(number >> 8) {
                flush()
                (window, bits) = (Int(number >> 8), [])
            }
            let place = Int(number & 0xFF)
            while bits.count <= place / 8 { bits.append(0) }
            bits[place / 8] |= 0x80 >> UInt8(place % 8)
        }
        flush()
    }
}
