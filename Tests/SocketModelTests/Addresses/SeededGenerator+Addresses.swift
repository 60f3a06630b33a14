import TestSupport

extension SeededGenerator {
    /// An IPv6 address in which zero groups are frequent.
    mutating func ipv6() -> [UInt8] {
        var bytes = bytes(16)
        let zeros = UInt8.random(in: 0...255, using: &self) | UInt8.random(in: 0...255, using: &self)
        for group in 0..<8 where zeros >> group & 1 == 1 { (bytes[group * 2], bytes[group * 2 + 1]) = (0, 0) }
        if Int.random(in: 0..<8, using: &self) == 0 { bytes[10...11] = [0xff, 0xff] }
        return bytes
    }

    /// The text with up to three bytes changed, added or removed.
    mutating func damage(_ text: String, alphabet: [UInt8]) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...3, using: &self) {
            let place = Int.random(in: 0...bytes.count, using: &self)
            let byte = alphabet.randomElement(using: &self) ?? 0
            switch Int.random(in: 0..<3, using: &self) {
            case 0: bytes.insert(byte, at: place)
            case 1: if place < bytes.count { bytes.remove(at: place) }
            default: if place < bytes.count { bytes[place] = byte }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
