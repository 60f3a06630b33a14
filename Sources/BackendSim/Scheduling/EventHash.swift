/// A running hash over what happens: two runs with the same hash have done the same.
///
/// Not for secrets: a folded multiplication a word, which is quick, and the same on every machine.
struct EventHash {
    private(set) var value: UInt64

    init(seed: UInt64) { value = RandomStream.mixed(seed) }

    /// Takes one more word in.
    @inline(__always)
    mutating func fold(_ word: UInt64) { fold(word, 0) }

    /// Takes two more words in, at the cost of one.
    @inline(__always)
    mutating func fold(_ first: UInt64, _ second: UInt64) {
        let product = (value ^ second ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: first ^ 0xD6E8_FEB8_6659_FD93)
        value = product.high ^ product.low ^ (value << 1 | value >> 63)
    }

    /// Takes bytes in, and how many they are.
    mutating func fold(_ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset + 16 <= bytes.count {
            fold(
                UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
                UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
            offset += 16
        }
        while offset + 8 <= bytes.count {
            fold(UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(unsafe bytes[offset])
            offset += 1
        }
        fold(rest, UInt64(bytes.count))
    }
}
