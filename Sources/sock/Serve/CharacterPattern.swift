/// RFC 864's pattern: lines of 72 of the 95 printing ASCII characters in a ring, each line beginning one further.
enum CharacterPattern {
    /// A line with its CR and LF, in bytes.
    static let lineLength = 74

    /// The whole pattern, 95 lines; then it begins anew.
    static let whole: [UInt8] = (0..<95).flatMap { line in
        (0..<72).map { UInt8(0x20 + (line + $0) % 95) } + [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    /// The pattern several times over, so that a run of it may begin anywhere in the first and need not be put together.
    static let run: [UInt8] = (0..<8).flatMap { _ in whole }
}
