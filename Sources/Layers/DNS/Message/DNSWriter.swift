internal import SocketModel

/// Writes a message, and in it each name as short as earlier ones allow.
struct DNSWriter {
    private(set) var bytes: [UInt8]
    /// Ends of names that have been written, and where: what later names may point to.
    private var suffixes: [(hash: UInt32, offset: UInt16)] = []

    /// How many ends are remembered: a bound on the time that a name takes. Names beyond it are compressed less.
    private static let maximumSuffixes = 128

    init(capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    mutating func write(_ number: UInt8) { bytes.append(number) }

    mutating func write(_ number: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
        bytes.append(UInt8(truncatingIfNeeded: number))
    }

    mutating func write(_ number: UInt32) {
        write(UInt16(truncatingIfNeeded: number >> 16))
        write(UInt16(truncatingIfNeeded: number))
    }

    mutating func write(_ number: UInt64) {
        write(UInt32(truncatingIfNeeded: number >> 32))
        write(UInt32(truncatingIfNeeded: number))
    }

    mutating func write(_ some: [UInt8]) { bytes.append(contentsOf: some) }

    /// A text with its length before it: the caller has checked that it has at most 255 bytes.
    mutating func write(text: [UInt8]) {
        write(UInt8(truncatingIfNeeded: text.count))
        write(text)
    }

    /// What `body` writes, with the number of its bytes before it; false, and an incomplete message, if there are more than 65535.
    mutating func writeWithLength<Failure: Error>(
        _ body: (inout DNSWriter) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        let place = bytes.count
        write(UInt16(0))
        try body(&self)
        guard let count = UInt16(exactly: bytes.count - place - 2) else { return false }
        bytes[place] = UInt8(count >> 8)
        bytes[place + 1] = UInt8(truncatingIfNeeded: count)
        return true
    }

    /// A name that later ones may point to, and that may point to earlier ones; the case of letters is kept.
    mutating func write(compressed name: DNSName) {
        let wire = name.wire
        var index = 0
        while wire[index] != 0 {
            let hash = Self.hash(wire, from: index)
            if let offset = find(hash, wire, from: index) { return write(0xC000 | offset) }
            remember(hash)
            let end = index + Int(wire[index]) + 1
            bytes.append(contentsOf: wire[index..<end])
            index = end
        }
        write(UInt8(0))
    }

    /// A name written out, as all types of records demand that are newer than RFC 1035 (RFC 3597, section 4).
    mutating func write(_ name: DNSName) { write(name.wire) }

    private mutating func remember(_ hash: UInt32) {
        guard suffixes.count < Self.maximumSuffixes, bytes.count <= 0x3FFF else { return }
        suffixes.append((hash, UInt16(bytes.count)))
    }

    private func find(_ hash: UInt32, _ wire: [UInt8], from start: Int) -> UInt16? {
        for suffix in suffixes where suffix.hash == hash && isName(wire, from: start, at: Int(suffix.offset)) {
            return suffix.offset
        }
        return nil
    }

    /// Whether the end of `wire` is the name that was written at `place`.
    private func isName(_ wire: [UInt8], from start: Int, at place: Int) -> Bool {
        var (index, place) = (start, place)
        while true {
            let head = bytes[place]
            if head >= 0xC0 {
                place = Int(head & 0x3F) << 8 | Int(bytes[place + 1])
                continue
            }
            let count = Int(head) + 1
            guard wire[index..<min(index + count, wire.count)].elementsEqual(bytes[place..<place + count]) else {
                return false
            }
            if head == 0 { return true }
            index += count
            place += count
        }
    }

    private static func hash(_ wire: [UInt8], from start: Int) -> UInt32 {
        // FNV-1a.
        var hash: UInt32 = 0x811C_9DC5
        for index in start..<wire.count { hash = (hash ^ UInt32(wire[index])) &* 0x0100_0193 }
        return hash
    }
}
