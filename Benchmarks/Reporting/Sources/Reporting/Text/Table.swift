/// Rows of texts under a heading, the first column flush left and all others flush right.
public struct Table: Sendable {
    /// The names of the columns.
    public let heading: [String]
    /// Each with as many cells as the heading.
    public private(set) var rows: [[String]] = []

    /// A table without rows.
    public init(_ heading: [String]) { self.heading = heading }

    /// A row with fewer cells than the heading ends in empty ones; cells beyond the heading are dropped.
    public mutating func add(_ row: [String]) {
        rows.append(heading.indices.map { $0 < row.count ? row[$0] : "" })
    }

    /// For a terminal: columns aligned by blanks.
    public var aligned: String { lines { $0 == 0 } }

    /// The same with all columns flush left.
    public var leftAligned: String { lines { _ in true } }

    private func lines(flushLeft isLeft: (_ column: Int) -> Bool) -> String {
        let all = [heading] + rows
        let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return isLeft(column) ? cell.0 + padding : padding + cell.0
            }
            return trimmed(cells.joined(separator: "  "))
        }.joined(separator: "\n")
    }

    /// For a page.
    public var markdown: String {
        let rule = heading.indices.map { $0 == 0 ? "---" : "--:" }
        return ([heading, rule] + rows).map { "| " + $0.map(escaped).joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }

    private func escaped(_ cell: String) -> String {
        cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }

    private func trimmed(_ line: String) -> String {
        String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
    }
}
