/// Panels of curves: how long all but the slowest operations took, each further nine to the right.
struct LatencyChart {
    struct Curve {
        let label: String
        let style: String
        /// Share of operations, microseconds.
        let points: [(share: Double, microseconds: Double)]
    }

    struct Panel {
        let title: String
        let curves: [Curve]
    }

    let sheet: Sheet
    let panels: [Panel]

    private let panelHeight = 292.0
    private let shares: [(share: Double, text: String)] = [
        (0, "0"), (0.5, "50 %"), (0.9, "90 %"), (0.99, "99 %"), (0.999, "99.9 %"), (0.9999, "99.99 %"),
    ]

    func svg() -> String {
        let legend = legend
        return sheet.svg(
            panels: panels.map { _ in panelHeight }, headHeight: Double((legend.count + 3) / 4) * 18 + 8,
            head: { drawing, x, y in
                for (index, curve) in legend.enumerated() {
                    draw(curve, &drawing, x: x + Double(index % 4) * 240, y: y + Double(index / 4) * 18 + 6)
                }
            },
            panel: { index, drawing, x, y in draw(panels[index], &drawing, x: x, y: y) })
    }

    /// Its line in the legend.
    private func draw(_ curve: Curve, _ drawing: inout Drawing, x: Double, y: Double) {
        drawing.rectangle(x: x, y: y - 3, width: 18, height: 4, "fill-\(curve.style)", radius: 2)
        drawing.text(curve.label, x: x + 25, y: y + 3, "value")
    }

    /// Each server once, in the order in which they appear.
    private var legend: [Curve] {
        panels.flatMap(\.curves).reduce(into: []) { seen, curve in
            if !seen.contains(where: { $0.label == curve.label }) { seen.append(curve) }
        }
    }

    private func draw(_ panel: Panel, _ drawing: inout Drawing, x: Double, y: Double) {
        let values = panel.curves.flatMap { $0.points.filter { nines($0.share) <= 4 }.map(\.microseconds) }
        let scale = Scale.logarithmic(from: values.min() ?? 1, to: values.max() ?? 10)
        let (left, right, upper, lower) = (x + 52, x + Sheet.panelWidth - 22, y + 32, y + panelHeight - 34)
        drawing.text(panel.title, x: x, y: y + 16, "head")
        for tick in scale.ticks {
            let place = lower - scale.place(tick) * (lower - upper)
            drawing.line(x1: left, y1: place, x2: right, y2: place, "grid")
            drawing.text(time(tick), x: left - 6, y: place + 4, "note", .end)
        }
        for (share, text) in shares {
            let place = left + nines(share) / 4 * (right - left)
            drawing.line(x1: place, y1: upper, x2: place, y2: lower, "grid")
            drawing.text(text, x: place, y: lower + 15, "note", .middle)
        }
        for curve in panel.curves {
            let points = curve.points.filter { nines($0.share) <= 4.001 }.map { point in
                (
                    x: left + nines(point.share) / 4 * (right - left),
                    y: lower - scale.place(point.microseconds) * (lower - upper)
                )
            }
            drawing.curve(points, "line-\(curve.style)")
        }
    }

    private func time(_ microseconds: Double) -> String {
        switch microseconds {
        case 1_000_000...: "\(Number.fixed(microseconds / 1_000_000, digits: 0)) s"
        case 1000...: "\(Number.fixed(microseconds / 1000, digits: 0)) ms"
        default: "\(Number.fixed(microseconds, digits: 0)) µs"
        }
    }
}
