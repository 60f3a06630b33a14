/// A line of a configuration file that means nothing to who read it, and was passed over.
public struct IgnoredLine: Hashable, Sendable {
    /// Its number, from 1.
    public var number: Int
    /// Its text.
    public var text: String
}

/// The lines of a file such as `/etc/hosts`, as words.
struct ConfigurationText {
    struct Line {
        let number: Int
        let text: Substring
        let words: [Substring]
    }

    /// The lines that have words.
    private(set) var lines: [Line] = []

    /// - Parameter isComment: Whether a character begins a comment, given whether it is a line's first.
    init(_ bytes: some Sequence<UInt8>, isComment: (UInt8, _ isFirst: Bool) -> Bool) {
        let text = String(decoding: Array(bytes), as: UTF8.self)
        var number = 0
        // By bytes: a carriage return and a line feed are one character.
        for part in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = Substring(part)
            number += 1
            let end = line.utf8.indices.first { isComment(line.utf8[$0], $0 == line.startIndex) }
            let content = line[..<(end ?? line.endIndex)]
            let words = content.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.map { Substring($0) }
            if !words.isEmpty { lines.append(Line(number: number, text: line, words: words)) }
        }
    }

    /// Comments begin at any `#`.
    init(hashed bytes: some Sequence<UInt8>) {
        self.init(bytes) { byte, _ in byte == UInt8(ascii: "#") }
    }
}

/// The lines that were passed over, the first hundred of them.
struct IgnoredLines {
    private(set) var lines: [IgnoredLine] = []

    mutating func note(_ line: ConfigurationText.Line) {
        guard lines.count < 100, lines.last?.number != line.number else { return }
        lines.append(IgnoredLine(number: line.number, text: String(line.text)))
    }
}
