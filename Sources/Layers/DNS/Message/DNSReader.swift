internal import SocketModel

/// Reads the bytes of a message from front to back; names also follow pointers to what came before.
///
/// Safe: every access is checked against the length, and a reader does not outlive the call that lends it the bytes.
@safe struct DNSReader {
    private let bytes: UnsafeRawBufferPointer
    /// How far it has read.
    private(set) var offset = 0
    /// Where what is being read ends: the message, or a record's data.
    private var end: Int
    private var isInData = false
    /// The names at which most pointers point: the first of all, which is the question's, and the latest that was written out.
    private var first = (offset: -1, name: DNSName.root)
    private var latest = (offset: -1, name: DNSName.root)

    /// More pointers than that in one name lead nowhere new: each but the first follows a label.
    private static let maximumPointers = 127

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
        end = bytes.count
    }

    var remaining: Int { end - offset }

    func error(_ code: DNSDecodingError.Code) -> DNSDecodingError { DNSDecodingError(code, at: offset) }

    // MARK: Numbers and bytes

    private func byte(at index: Int) -> UInt8 { unsafe bytes[index] }

    /// What a record's data lack is an error of theirs, not of the message.
    private func shortage(at place: Int) -> DNSDecodingError {
        DNSDecodingError(isInData ? .invalidDataLength : .truncated, at: place)
    }

    private var shortage: DNSDecodingError { shortage(at: offset) }

    mutating func readUInt8() throws(DNSDecodingError) -> UInt8 {
        guard remaining >= 1 else { throw shortage }
        offset += 1
        return byte(at: offset - 1)
    }

    mutating func readUInt16() throws(DNSDecodingError) -> UInt16 {
        guard remaining >= 2 else { throw shortage }
        offset += 2
        return unsafe UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset - 2, as: UInt16.self))
    }

    mutating func readUInt32() throws(DNSDecodingError) -> UInt32 {
        guard remaining >= 4 else { throw shortage }
        offset += 4
        return unsafe UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset - 4, as: UInt32.self))
    }

    mutating func readUInt64() throws(DNSDecodingError) -> UInt64 {
        UInt64(try readUInt32()) << 32 | UInt64(try readUInt32())
    }

    mutating func readBytes(_ count: Int) throws(DNSDecodingError) -> [UInt8] {
        guard remaining >= count else { throw shortage }
        offset += count
        return unsafe Array(bytes[offset - count..<offset])
    }

    /// All that is left of a record's data.
    mutating func readRest() throws(DNSDecodingError) -> [UInt8] { try readBytes(remaining) }

    /// A length byte and as many bytes.
    mutating func readText() throws(DNSDecodingError) -> [UInt8] { try readBytes(Int(try readUInt8())) }

    /// Reads what lies in the next `count` bytes, all of them.
    mutating func within<Value>(
        _ count: Int, _ body: (inout DNSReader) throws(DNSDecodingError) -> Value
    ) throws(DNSDecodingError) -> Value {
        guard remaining >= count else { throw shortage }
        let (outerEnd, wasInData) = (end, isInData)
        (end, isInData) = (offset + count, true)
        let value = try body(&self)
        guard remaining == 0 else { throw error(.invalidDataLength) }
        (end, isInData) = (outerEnd, wasInData)
        return value
    }

    // MARK: Names

    /// A name, perhaps compressed. Pointers only lead back, before the labels that they end, so that all ends.
    mutating func readName() throws(DNSDecodingError) -> DNSName {
        if let name = rememberedName() { return name }
        let start = offset
        let (length, next) = try measureName()
        let name = DNSName(
            wire: unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
                unsafe copyName(from: start, to: buffer)
                count = length
            })
        offset = next
        if next - start > 2 {
            if first.offset < 0 { first = (start, name) } else { latest = (start, name) }
        }
        return name
    }

    /// A name that is nothing but a pointer to one that is known.
    private mutating func rememberedName() -> DNSName? {
        guard remaining >= 2, byte(at: offset) >= 0xC0 else { return nil }
        let target = Int(byte(at: offset) & 0x3F) << 8 | Int(byte(at: offset + 1))
        guard target == first.offset || target == latest.offset else { return nil }
        offset += 2
        return target == first.offset ? first.name : latest.name
    }

    /// How long the name at ``offset`` is without compression, and where what follows it begins.
    private func measureName() throws(DNSDecodingError) -> (length: Int, next: Int) {
        var (index, limit, runStart) = (offset, end, offset)
        var (length, pointers, next) = (0, 0, -1)
        while true {
            guard index < limit else { throw shortage(at: index) }
            let head = byte(at: index)
            switch head >> 6 {
            case 0:
                length += Int(head) + 1
                guard length <= DNSName.maximumLength else { throw DNSDecodingError(.nameTooLong, at: index) }
                guard index + Int(head) < limit else { throw shortage(at: index) }
                index += Int(head) + 1
                if head == 0 { return (length, next < 0 ? index : next) }
            case 3:
                guard index + 1 < limit else { throw shortage(at: index) }
                let target = Int(head & 0x3F) << 8 | Int(byte(at: index + 1))
                if next < 0 { next = index + 2 }
                pointers += 1
                guard target < runStart else { throw DNSDecodingError(.invalidPointer, at: index) }
                guard pointers <= Self.maximumPointers else { throw DNSDecodingError(.nameTooLong, at: index) }
                (index, limit, runStart) = (target, runStart, target)
            default: throw DNSDecodingError(.invalidLabel, at: index)
            }
        }
    }

    /// Copies a name that has been measured.
    private func copyName(from start: Int, to buffer: UnsafeMutableBufferPointer<UInt8>) {
        var (index, place) = (start, 0)
        while true {
            let head = byte(at: index)
            if head >= 0xC0 {
                index = Int(head & 0x3F) << 8 | Int(byte(at: index + 1))
                continue
            }
            for step in 0...Int(head) { unsafe buffer[place + step] = byte(at: index + step) }
            if head == 0 { return }
            index += Int(head) + 1
            place += Int(head) + 1
        }
    }
}
