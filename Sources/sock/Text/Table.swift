/// Rows of text in aligned columns.
struct Table {
    private let header: [String]
    private var rows: [[String]] = []

    /// A table with these column heads.
    init(_ header: [String]) { self.header = header }

    mutating func add(_ cells: String...) { rows.append(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    var isEmpty: Bool { rows.isEmpty }

    /// The lines, two spaces between columns; where `width` is given, longer ones end in an ellipsis there.
    func lines(indent: Int = 0, width: Int? = nil) -> [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = String(repeating: " ", count: indent)
            for (cell, width) in zip(row, widths) { line += cell.padded(to: width) + "  " }
            return line.trimmingEnd().cut(to: width)
        }
    }
}

extension String {
    /// This text with spaces behind it, up to `width` characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    fileprivate func trimmingEnd() -> String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }

    fileprivate func cut(to width: Int?) -> String {
        guard let width, count > width else { return self }
        return prefix(max(0, width - 1)) + "…"
    }
}
