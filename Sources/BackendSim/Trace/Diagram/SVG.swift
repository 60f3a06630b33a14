/// Writes a drawing: the few elements of SVG 1.1 that a sequence diagram needs.
struct SVG {
    private var body = ""
    /// Texts are drawn last, above all lines.
    private var texts = ""

    /// A straight line; how it looks is said by the style sheet for its classes.
    mutating func line(_ from: (Int, Int), _ to: (Int, Int), _ classes: String) {
        body += "<line class=\"\(classes)\" x1=\"\(from.0)\" y1=\"\(from.1)\" x2=\"\(to.0)\" y2=\"\(to.1)\"/>\n"
    }

    /// A line of any form; `path` is written as SVG has it.
    mutating func path(_ path: String, _ classes: String) { body += "<path class=\"\(classes)\" d=\"\(path)\"/>\n" }

    mutating func rectangle(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ classes: String) {
        body +=
            "<rect class=\"\(classes)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"4\"/>\n"
    }

    /// A text, whatever characters it has.
    mutating func text(_ text: String, _ x: Int, _ y: Int, _ classes: String) {
        texts += "<text class=\"\(classes)\" x=\"\(x)\" y=\"\(y)\">\(Self.escaped(text))</text>\n"
    }

    /// The whole file.
    func document(width: Int, height: Int, style: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)">
        <style>
        \(style)
        </style>
        <rect width="\(width)" height="\(height)" fill="#fff"/>
        \(body)\(texts)</svg>

        """
    }

    /// The text without markup, and without characters that XML has no place for.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
