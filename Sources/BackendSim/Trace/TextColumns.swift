/// Rows of text in aligned columns, two spaces between them; the last one is as long as it is.
struct TextColumns {
    private(set) var rows: [[String]] = []
    /// Which columns have numbers, aligned to the right.
    var isRightAligned: [Bool] = []

    mutating func add(_ cells: String...) { rows.append(cells) }

    func lines(indent: Int = 0) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { String(repeating: " ", count: indent) + line($0, widths) }
    }

    private func line(_ row: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in row.enumerated() {
            let space = String(repeating: " ", count: widths[column] - cell.count)
            if column > 0 { line += "  " }
            line += column < isRightAligned.count && isRightAligned[column] ? space + cell : cell + space
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
