/// A page of a title, a note, panels beside and below each other, and a footer.
struct Sheet {
    static let panelWidth = 480.0

    private static let columns = 2
    private static let margin = 20.0
    private static let top = 62.0
    private static let bottom = 26.0

    let title: String
    let note: String
    let footer: String

    /// Draws panels of these heights, and above them what takes `headHeight`; both are told where their upper left corner is.
    func svg(
        panels heights: [Double], headHeight: Double = 0,
        head: (inout Drawing, Double, Double) -> Void = { _, _, _ in },
        panel: (Int, inout Drawing, Double, Double) -> Void
    ) -> String {
        let rows = stride(from: 0, to: heights.count, by: Self.columns).map {
            $0..<min($0 + Self.columns, heights.count)
        }
        let rowHeights = rows.map { heights[$0].max() ?? 0 }
        let columns = min(Self.columns, max(heights.count, 1))
        var drawing = Drawing(
            width: Self.margin * 2 + Self.panelWidth * Double(columns),
            height: Self.top + headHeight + rowHeights.reduce(0, +) + Self.bottom)
        drawing.text(title, x: Self.margin, y: 28, "title")
        drawing.text(note, x: Self.margin, y: 46, "note")
        head(&drawing, Self.margin, Self.top)
        var y = Self.top + headHeight
        for (row, height) in zip(rows, rowHeights) {
            for (column, index) in row.enumerated() {
                panel(index, &drawing, Self.margin + Double(column) * Self.panelWidth, y)
            }
            y += height
        }
        drawing.text(footer, x: Self.margin, y: drawing.height - 10, "note")
        return drawing.svg(title: title)
    }
}
