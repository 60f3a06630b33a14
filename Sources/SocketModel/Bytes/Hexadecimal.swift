/// Bytes as pairs of lower-case hexadecimal digits, without separators.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.underestimatedCount * 2)
    for byte in bytes {
        digits.append(ASCII.hexDigit(byte >> 4))
        digits.append(ASCII.hexDigit(byte & 0xf))
    }
    return String(decoding: digits, as: UTF8.self)
}
