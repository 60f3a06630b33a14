extension Trace {
    /// The trace as a sequence diagram, a drawing in SVG: a vertical line a host, a slanted arrow a packet, from the moment it leaves to the
    /// moment it arrives, a cross where it is lost, and marks for what befalls hosts. Rows are events, one below the other: the times are at
    /// the left.
    ///
    /// - Parameter limit: The most events that are drawn, at least 1; of more, the first ones. Above a thousand it is hard to read.
    public func diagram(limit: Int = 500) -> String {
        var diagram = SequenceDiagram(self, events.prefix(max(limit, 1)))
        return diagram.draw()
    }
}

/// A sequence diagram as it is drawn.
struct SequenceDiagram {
    private let trace: Trace
    private let events: ArraySlice<TraceEvent>
    private let layout: DiagramLayout
    private var svg = SVG()
    private var conversations = Conversations()
    /// In which rows packets left, by their numbers.
    private var departures: [Int: Int] = [:]
    /// Those that have arrived or are lost.
    private var finished: Set<Int> = []
    /// Since which row a host is down.
    private var crashes: [Int: Int] = [:]

    init(_ trace: Trace, _ events: ArraySlice<TraceEvent>) {
        self.trace = trace
        self.events = events
        layout = DiagramLayout(events)
    }

    mutating func draw() -> String {
        for host in layout.hosts { drawHost(host) }
        var last: Int64?
        for (row, event) in events.enumerated() {
            if event.time != last {
                svg.text(seconds(event.time), DiagramLayout.margin - 16, layout.y(row) + 4, "time")
            }
            last = event.time
            switch event.what {
            case .packet(let packet, let fate): draw(packet, fate, row)
            case .happening(let happening): draw(happening, row)
            }
        }
        drawUnfinished()
        drawFoot()
        return svg.document(width: layout.width, height: layout.bottom + 40, style: Self.style)
    }

    // MARK: Hosts

    private mutating func drawHost(_ host: Int) {
        let x = layout.x(host)
        svg.line((x, DiagramLayout.top - 16), (x, layout.bottom), "life")
        svg.rectangle(x - 60, 16, 120, 32, "host")
        svg.text(Self.shortened(trace.name(host), to: 16), x, 37, "name")
    }

    private mutating func draw(_ happening: Happening, _ row: Int) {
        let y = layout.y(row)
        guard let host = happening.host else {
            svg.line((DiagramLayout.margin, y), (layout.width - 20, y), "change")
            return svg.text(happening.words, DiagramLayout.margin + 4, y - 4, "mark")
        }
        switch happening {
        case .crash:
            crashes[host] = row
            drawCross(layout.x(host), y)
        case .restart:
            drawOutage(host, until: row)
            drawDot(layout.x(host), y)
        case .start, .change: drawDot(layout.x(host), y)
        }
        svg.text(happening.words, layout.x(host) + 12, y + 4, "mark")
    }

    private mutating func drawOutage(_ host: Int, until row: Int) {
        guard let start = crashes.removeValue(forKey: host) else { return }
        svg.line((layout.x(host), layout.y(start)), (layout.x(host), layout.y(row)), "down")
    }

    private mutating func drawDot(_ x: Int, _ y: Int) {
        svg.path("M\(x - 4) \(y)a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", "dot")
    }

    private mutating func drawCross(_ x: Int, _ y: Int) {
        svg.path("M\(x - 5) \(y - 5)l10 10M\(x + 5) \(y - 5)l-10 10", "cross")
    }

    // MARK: Packets

    private mutating func draw(_ packet: TracedPacket, _ fate: TraceEvent.Fate, _ row: Int) {
        switch fate {
        case .sent:
            departures[packet.number] = row
            drawLabel(packet, row)
        case .delivered: drawArrow(packet, (layout.x(packet.to), layout.y(row)))
        case .dropped(let reason): drawLoss(packet, reason, row)
        }
    }

    private mutating func drawLabel(_ packet: TracedPacket, _ row: Int) {
        let words = PacketWords(packet, trace, &conversations)
        let isTCP = words.kind.hasPrefix("tcp")
        let parts = isTCP ? [words.head, words.rest] : [words.kind, words.head, words.rest]
        let text = Self.shortened(parts.filter { !$0.isEmpty }.joined(separator: " "), to: 46)
        let isLeftwards = layout.x(packet.to) < layout.x(packet.from)
        let x = layout.x(packet.from) + (isLeftwards ? -8 : 8)
        svg.text(text, x, layout.y(row) - 3, isLeftwards ? "label left" : "label")
    }

    private mutating func drawArrow(_ packet: TracedPacket, _ end: (Int, Int)) {
        guard let row = departures[packet.number] else { return }
        finished.insert(packet.number)
        let start = (layout.x(packet.from), layout.y(row))
        if packet.from == packet.to { return drawLoop(start, end, packet.color) }
        svg.line(start, end, "arrow \(packet.color)")
        drawHead(end, start, packet.color)
    }

    /// From a host to itself.
    private mutating func drawLoop(_ start: (Int, Int), _ end: (Int, Int), _ color: String) {
        let (x, bulge) = (start.0, start.0 + 44)
        svg.path("M\(x) \(start.1)C\(bulge) \(start.1) \(bulge) \(end.1) \(x) \(end.1)", "arrow \(color)")
        drawHead(end, (bulge, end.1), color)
    }

    private mutating func drawHead(_ tip: (Int, Int), _ from: (Int, Int), _ color: String) {
        let side = from.0 < tip.0 ? -9 : 9
        // It is turned as the line is, as far as whole numbers can say it.
        let slope = (tip.1 - from.1) * 9 / max(abs(tip.0 - from.0), 1)
        let rise = min(slope, 14)
        svg.path("M\(tip.0) \(tip.1)l\(side) \(-4 - rise)l0 8z", "head \(color)")
    }

    private mutating func drawLoss(_ packet: TracedPacket, _ reason: String, _ row: Int) {
        guard let departure = departures[packet.number] else { return }
        finished.insert(packet.number)
        let start = (layout.x(packet.from), layout.y(departure))
        let way = layout.x(packet.to) - start.0
        let end = (way == 0 ? start.0 + 44 : start.0 + way * 2 / 3, layout.y(row))
        svg.line(start, end, "arrow lost")
        drawCross(end.0, end.1)
        svg.text(Self.shortened(reason, to: 30), end.0 + 8, end.1 + 15, "loss")
    }

    /// What has neither arrived nor been lost yet.
    private mutating func drawUnfinished() {
        for event in events {
            guard case .packet(let packet, .sent) = event.what, let row = departures[packet.number],
                !finished.contains(packet.number)
            else { continue }
            let start = (layout.x(packet.from), layout.y(row))
            let way = layout.x(packet.to) - start.0
            svg.line(start, (start.0 + (way == 0 ? 44 : way / 3), start.1 + 8), "arrow \(packet.color) flying")
        }
        for host in layout.hosts { drawOutage(host, until: layout.rows) }
    }

    private mutating func drawFoot() {
        let rest = trace.count - events.count
        let forgotten = trace.forgottenCount > 0 ? ["\(trace.forgottenCount) earlier events are forgotten"] : []
        let omitted = rest > 0 ? ["\(rest) later events are not drawn"] : []
        let text = (forgotten + omitted).joined(separator: ", ")
        if !text.isEmpty { svg.text(text, DiagramLayout.margin, layout.bottom + 24, "mark") }
    }

    private static func shortened(_ text: String, to count: Int) -> String {
        text.count > count ? text.prefix(count - 1) + "…" : text
    }

    private static let style = """
        text { font: 11px ui-monospace, Menlo, "DejaVu Sans Mono", monospace; fill: #24292f }
        .time { fill: #8c959f; text-anchor: end }
        .name { font: 600 13px system-ui, "DejaVu Sans", sans-serif; text-anchor: middle }
        .host { fill: #f6f8fa; stroke: #8c959f }
        .life { stroke: #d0d7de; stroke-width: 2 }
        .down { stroke: #fff; stroke-width: 3; stroke-dasharray: 5 5 }
        .label, .loss, .mark { paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round }
        .left { text-anchor: end }
        .mark { fill: #6639ba }
        .change { stroke: #6639ba; stroke-dasharray: 2 4 }
        .dot { fill: #6639ba }
        .arrow { fill: none; stroke-width: 1.4 }
        .tcp { stroke: #0969da } .udp { stroke: #1a7f37 } .icmp { stroke: #bc4c00 }
        .head { stroke: none }
        .head.tcp { fill: #0969da } .head.udp { fill: #1a7f37 } .head.icmp { fill: #bc4c00 }
        .lost { stroke: #cf222e; stroke-dasharray: 5 3 }
        .cross { stroke: #cf222e; stroke-width: 2.4; fill: none }
        .loss { fill: #cf222e }
        .flying { stroke-dasharray: 2 3 }
        """
}

extension TracedPacket {
    /// The class of its colour.
    fileprivate var color: String {
        switch content {
        case .tcp: "tcp"
        case .udp: "udp"
        case .unreachable: "icmp"
        }
    }
}
