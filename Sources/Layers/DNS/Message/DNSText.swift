internal import SocketModel

/// The text forms that zone files share (RFC 1035, section 5.1, RFC 4648).
enum DNSText {
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    static func hexadecimalDigit(_ number: UInt8) -> UInt8 { number < 10 ? 0x30 + number : 0x57 + number }

    /// Characters that end or begin something in zone files.
    static func isSpecialInNames(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "@"), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    private static func isSpecialInQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Appends a byte, escaped if it is special, and by its number if it is no printable ASCII or, outside quotes, a space.
    static func append(
        _ byte: UInt8, to text: inout [UInt8], escaping isSpecial: (UInt8) -> Bool, spaces: Bool = false
    ) {
        if byte < 0x20 || byte > 0x7E || (byte == 0x20 && !spaces) {
            text += [UInt8(ascii: "\\"), 0x30 + byte / 100, 0x30 + byte / 10 % 10, 0x30 + byte % 10]
        } else {
            if isSpecial(byte) { text.append(UInt8(ascii: "\\")) }
            text.append(byte)
        }
    }

    /// A character string in quotes.
    static func quoted(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = [UInt8(ascii: "\"")]
        for byte in bytes { append(byte, to: &text, escaping: isSpecialInQuotes, spaces: true) }
        text.append(UInt8(ascii: "\""))
        return String(decoding: text, as: UTF8.self)
    }

    /// Two upper-case digits a byte; nothing for none.
    static func hexadecimal(_ bytes: [UInt8]) -> String { SocketModel.hexadecimal(bytes).uppercased() }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Base 64 with padding.
    static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var word: UInt32 = 0
            for index in 0..<3 { word = word << 8 | (index < count ? UInt32(bytes[start + index]) : 0) }
            for index in 0..<4 {
                text.append(index <= count ? alphabet[Int(word >> UInt32(18 - index * 6) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Seconds since 1970 as `YYYYMMDDHHmmSS` (RFC 4034, section 3.2).
    static func time(_ seconds: UInt32) -> String {
        let (year, month, day) = date(Int(seconds / 86_400))
        let (hour, minute, second) = (Int(seconds / 3600 % 24), Int(seconds / 60 % 60), Int(seconds % 60))
        return "\(year)" + [month, day, hour, minute, second].map { ($0 < 10 ? "0" : "") + "\($0)" }.joined()
    }

    /// The date that many days after the first of January 1970, counted in years that begin in March.
    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isNextYear = month >= 10
        return (
            yearOfEra + era * 400 + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}
