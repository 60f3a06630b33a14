/// The part of a text that a program writes, between two comments that stay.
public enum Marked {
    /// The line before it.
    public static let begin = "<!-- make bench-page: begin -->"
    /// The line after it.
    public static let end = "<!-- make bench-page: end -->"

    /// The text with that part exchanged; nil when one of the two lines is missing, or they are the wrong way round.
    public static func replacing(_ text: String, with part: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0 == begin }), let last = lines.lastIndex(where: { $0 == end }),
            first < last
        else { return nil }
        return (lines[...first] + ["", Substring(part), ""] + lines[last...]).joined(separator: "\n")
    }
}
