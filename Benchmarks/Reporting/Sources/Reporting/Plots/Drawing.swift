/// An SVG drawing that is written from front to back. Colours are classes of the ``Palette``, so that one file suits light and dark pages.
struct Drawing {
    enum Anchor: String { case start, middle, end }

    let width: Double
    let height: Double
    private var elements: [String] = []

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, _ style: String, radius: Double = 0) {
        let corner = radius > 0 ? #" rx="\#(digits(radius))""# : ""
        elements.append(
            #"<rect class="\#(style)" x="\#(digits(x))" y="\#(digits(y))" width="\#(digits(width))" height="\#(digits(height))"\#(corner)/>"#
        )
    }

    mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, _ style: String) {
        elements.append(
            #"<line class="\#(style)" x1="\#(digits(x1))" y1="\#(digits(y1))" x2="\#(digits(x2))" y2="\#(digits(y2))"/>"#
        )
    }

    mutating func curve(_ points: [(x: Double, y: Double)], _ style: String) {
        let places = points.map { "\(digits($0.x)),\(digits($0.y))" }.joined(separator: " ")
        elements.append(#"<polyline class="\#(style)" points="\#(places)"/>"#)
    }

    mutating func text(_ text: String, x: Double, y: Double, _ style: String, _ anchor: Anchor = .start) {
        let place = anchor == .start ? "" : #" text-anchor="\#(anchor.rawValue)""#
        elements.append(
            #"<text class="\#(style)" x="\#(digits(x))" y="\#(digits(y))"\#(place)>\#(escaped(text))</text>"#)
    }

    /// The file.
    ///
    /// - Parameter title: What screen readers say.
    func svg(title: String) -> String {
        let size =
            #"width="\#(digits(width))" height="\#(digits(height))" viewBox="0 0 \#(digits(width)) \#(digits(height))""#
        let head = [
            #"<svg xmlns="http://www.w3.org/2000/svg" \#(size) role="img" aria-label="\#(escaped(title))">"#,
            "<title>\(escaped(title))</title>", "<style>\n\(Palette.style)\n</style>",
            #"<rect class="page" width="100%" height="100%"/>"#,
        ]
        return (head + elements + ["</svg>", ""]).joined(separator: "\n")
    }

    private func digits(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let size = tenths.magnitude
        return size.isMultiple(of: 10) ? "\(sign)\(size / 10)" : "\(sign)\(size / 10).\(size % 10)"
    }

    private func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
