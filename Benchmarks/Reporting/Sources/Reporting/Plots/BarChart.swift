/// Panels of horizontal bars, one for each load, with a whisker from the smallest to the largest value.
struct BarChart {
    struct Bar {
        let label: String
        let style: String
        let value: Double
        let range: ClosedRange<Double>
    }

    struct Panel {
        let title: String
        let unit: String
        let bars: [Bar]
    }

    let sheet: Sheet
    let panels: [Panel]

    private let rowHeight = 19.0
    private let headHeight = 46.0
    private let labelWidth = 168.0
    private let valueWidth = 62.0

    func svg() -> String {
        sheet.svg(panels: panels.map { height(of: $0) }) { index, drawing, x, y in
            draw(panels[index], &drawing, x: x, y: y)
        }
    }

    private func height(of panel: Panel) -> Double { headHeight + Double(panel.bars.count) * rowHeight + 16 }

    private func draw(_ panel: Panel, _ drawing: inout Drawing, x: Double, y: Double) {
        drawing.text(panel.title, x: x, y: y + 16, "head")
        drawing.text(panel.unit, x: x, y: y + 31, "note")
        let scale = Scale.linear(to: panel.bars.map { max($0.value, $0.range.upperBound) }.max() ?? 1)
        let left = x + labelWidth
        let room = Sheet.panelWidth - labelWidth - valueWidth - 16
        let bottom = y + headHeight + Double(panel.bars.count) * rowHeight
        for tick in scale.ticks {
            let place = left + scale.place(tick) * room
            drawing.line(x1: place, y1: y + headHeight - 4, x2: place, y2: bottom, "grid")
            drawing.text(tickText(tick), x: place, y: y + headHeight - 7, "note", .middle)
        }
        for (index, bar) in panel.bars.enumerated() {
            draw(bar, scale, &drawing, left: left, y: y + headHeight + Double(index) * rowHeight, room: room)
        }
    }

    private func draw(_ bar: Bar, _ scale: Scale, _ drawing: inout Drawing, left: Double, y: Double, room: Double) {
        let middle = y + rowHeight / 2
        let length = max(scale.place(bar.value) * room, 1)
        let (low, high) = (
            left + scale.place(bar.range.lowerBound) * room, left + scale.place(bar.range.upperBound) * room
        )
        drawing.text(bar.label, x: left - 8, y: middle + 4, "value", .end)
        drawing.rectangle(x: left, y: y + 3, width: length, height: rowHeight - 6, "fill-\(bar.style)", radius: 2)
        if high - low > 1 {
            // The halo first: the whisker lies on the bar.
            for style in ["halo", "whisker"] {
                drawing.line(x1: low, y1: middle, x2: high, y2: middle, style)
                for end in [low, high] { drawing.line(x1: end, y1: middle - 3, x2: end, y2: middle + 3, style) }
            }
        }
        drawing.text(Number.short(bar.value), x: max(left + length, high) + 6, y: middle + 4, "value")
    }

    private func tickText(_ value: Double) -> String {
        switch value {
        case 1_000_000...: trimmed(value / 1_000_000) + "M"
        case 1000...: trimmed(value / 1000) + "k"
        default: trimmed(value)
        }
    }

    private func trimmed(_ value: Double) -> String {
        let text = Number.fixed(value, digits: 2)
        let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return text.hasSuffix(".00") || text.contains(".")
            ? String(digits.reversed()).isEmpty ? "0" : String(digits.reversed()) : text
    }
}
