import Foundation
import Testing

@testable import Reporting

#if canImport(FoundationXML)
    import FoundationXML
#endif

struct PlotTests {
    @Test(arguments: zip([0.93, 7, 1000, 4], [[0, 0.5, 1], [0, 2, 4, 6, 8], [0, 500, 1000], [0, 1, 2, 3, 4]]))
    func `a linear axis begins at 0 and ends at a round number not below the largest value`(
        top: Double, ticks: [Double]
    ) {
        let scale = Scale.linear(to: top)
        #expect(scale.ticks == ticks)
        #expect(scale.place(0) == 0)
        #expect(scale.place(top) <= 1)
    }

    @Test func `a logarithmic axis gives each doubling the same room`() {
        let scale = Scale.logarithmic(from: 10, to: 1000)
        #expect(abs(scale.place(20) - scale.place(10) - (scale.place(400) - scale.place(200))) < 1e-9)
        #expect(scale.place(10) == 0)
        #expect(scale.place(1000) == 1)
        #expect(scale.place(0) == 0)
    }

    @Test func `an axis of nothing still has two ends`() {
        #expect(Scale.linear(to: 0).ticks.count > 1)
        #expect(Scale.logarithmic(from: 5, to: 5).ticks.count > 1)
    }

    @Test func `each further nine takes the same room`() {
        #expect(nines(0) == 0)
        #expect(abs(nines(0.9) - 1) < 1e-9)
        #expect(abs(nines(0.999) - 3) < 1e-9)
    }

    @Test func `plots are well formed, name every server, and suit dark pages`() throws {
        var results = Made.results([(Made.ours, [3, 4, 5]), (Made.c, [2, 2, 3]), (Made.nio, [5, 6, 7])])
        let idle = IdleSample(connections: 10, startBytes: 0, freshBytes: -1, usedBytes: 2000, errors: 0)
        results.idle.append(IdleRun(server: "posix", sample: idle))
        #expect(results.pictures.count == 4)
        for picture in results.pictures {
            let text = TextsOfXML(picture.svg)
            #expect(text.isWellFormed, "\(picture.file)")
            #expect(picture.svg.contains("prefers-color-scheme: dark"))
            #expect(text.texts.contains("ours"))
            #expect(text.texts.contains { $0.contains("a <fast> one") })
        }
    }

    @Test func `a longer bar stands for a larger value`() {
        let bars = [1.0, 2, 4].map { BarChart.Bar(label: "\($0)", style: "c-0", value: $0, range: $0...$0) }
        let chart = BarChart(
            sheet: Sheet(title: "", note: "", footer: ""), panels: [.init(title: "", unit: "", bars: bars)])
        let widths = chart.svg().matches(of: /class="fill-c-0" x="[\d.]+" y="[\d.]+" width="([\d.]+)"/).compactMap {
            Double($0.1)
        }
        #expect(widths.count == 3)
        #expect(abs(widths[1] - 2 * widths[0]) < 0.2 && abs(widths[2] - 4 * widths[0]) < 0.4)
    }

    @Test func `nothing measured makes no plots`() {
        #expect(Made.results([]).pictures.isEmpty)
    }
}

/// The texts of an XML document, and whether it is one.
private final class TextsOfXML: NSObject, XMLParserDelegate {
    private(set) var isWellFormed = false
    private(set) var texts: [String] = []

    init(_ xml: String) {
        super.init()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = self
        isWellFormed = parser.parse()
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        texts.append("")
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !texts.isEmpty, string.contains(where: { !$0.isWhitespace }) { texts[texts.count - 1] += string }
    }
}
