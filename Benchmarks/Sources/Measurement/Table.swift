/// Measures each comparison in 101 interleaved rounds and prints medians, spreads and ratios.
public func report(_ comparisons: [Comparison], against other: String) {
    var rows = [["", "ours ns", "min-max", "\(other) ns", "min-max", "ratio", "wanted"]]
    for comparison in comparisons {
        var (ours, theirs) = (Rounds(), Rounds())
        for _ in 0..<101 {
            ours.add(time(operations: comparison.operations, comparison.ours))
            theirs.add(time(operations: comparison.operations, comparison.theirs))
        }
        rows.append(comparison.row(ours, theirs))
    }
    printTable(rows)
}

extension Comparison {
    fileprivate func row(_ ours: Rounds, _ theirs: Rounds) -> [String] {
        [
            name, fixed(ours.median), ours.span, fixed(theirs.median), theirs.span,
            fixed(ours.median / theirs.median, digits: 2), "<= \(fixed(bound, digits: 2))",
        ]
    }
}

extension Rounds {
    var span: String { "\(fixed(minimum))-\(fixed(maximum))" }
}

/// A number with that many digits behind the point.
func fixed(_ value: Double, digits: Int = 1) -> String {
    let scale = digits == 1 ? 10.0 : 100.0
    let scaled = Int((value * scale).rounded())
    let fraction = String(scaled % Int(scale))
    return "\(scaled / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
}

func printTable(_ rows: [[String]]) {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
        let cells = zip(row, widths).enumerated().map { column, cell in
            let padding = String(repeating: " ", count: cell.1 - cell.0.count)
            return column == 0 ? cell.0 + padding : padding + cell.0
        }
        print(cells.joined(separator: "  "))
    }
}
