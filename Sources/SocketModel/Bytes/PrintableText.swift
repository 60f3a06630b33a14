extension String {
    /// The text as one line of a message can show it: at most `limit` bytes, then an ellipsis, with all that would change the layout
    /// of the line escaped as `\\u{…}`; in quotes, when asked for, with quotes and backslashes escaped too.
    func printable(limit: Int = 128, quoted: Bool = false) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in String(decoding: utf8.prefix(limit), as: UTF8.self).unicodeScalars {
            if quoted, scalar == "\"" || scalar == "\\" { scalars.append("\\") }
            if scalar.changesLayout {
                scalars.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                scalars.append(scalar)
            }
        }
        let end = utf8.count > limit ? "…" : ""
        return quoted ? "\"\(String(scalars))\"" + end : String(scalars) + end
    }
}
