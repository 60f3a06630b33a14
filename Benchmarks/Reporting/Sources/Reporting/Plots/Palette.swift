/// The colours of all plots, for light and dark pages.
enum Palette {
    private struct Colour {
        let name: String
        let light: String
        let dark: String
    }

    private static let inks = [
        Colour(name: "page", light: "#ffffff", dark: "#16181d"),
        Colour(name: "ink", light: "#1d1d1f", dark: "#f2f2f4"),
        Colour(name: "faint", light: "#6e6e73", dark: "#a1a1a8"),
    ]
    private static let grid = Colour(name: "grid", light: "#e4e4e8", dark: "#33363d")
    private static let halo = Colour(name: "halo", light: "#ffffff", dark: "#16181d")
    private static let whisker = Colour(name: "whisker", light: "#1d1d1f", dark: "#f2f2f4")

    /// Of a family one hue, of its members the shades.
    private static let series: [ServerInfo.Family: [(light: String, dark: String)]] = [
        .ours: [
            ("#0b62d6", "#4c9bff"), ("#16a3c7", "#4fd0ec"), ("#7fb0ee", "#2f68b5"), ("#84d3e4", "#1f8ba6"),
            ("#5b3fd1", "#a08bff"),
        ],
        .c: [("#3c3c43", "#e0e0e6"), ("#77777f", "#a9a9b3"), ("#a9a9b2", "#777783")],
        .nio: [("#e3620b", "#ff9a4d"), ("#f0a13c", "#ffc57d")],
        .others: [("#1f8f4e", "#4fd084"), ("#b0357f", "#f07cc0"), ("#8a6d1d", "#d8b54a")],
    ]

    /// The class of a server's bars and curves: `fill-` or `line-` goes before it.
    static func style(of server: ServerInfo, among servers: [ServerInfo]) -> String {
        let family = servers.filter { $0.family == server.family }
        let index = family.firstIndex { $0.name == server.name } ?? 0
        return "\(server.family)-\(index % (series[server.family]?.count ?? 1))"
    }

    static var style: String {
        """
        text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-size: 11px; }
        .title { font-size: 17px; font-weight: 600; }
        .head { font-size: 13px; font-weight: 600; }
        .note { font-size: 10.5px; }
        polyline { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .whisker { stroke-width: 1.2; } .halo { stroke-width: 3.2; opacity: 0.75; } .grid { stroke-width: 1; }
        \(rules { $0.light } series: { $0.light })
        @media (prefers-color-scheme: dark) {
        \(rules { $0.dark } series: { $0.dark })
        }
        """
    }

    private static func rules(
        _ colour: (Colour) -> String, series shade: ((light: String, dark: String)) -> String
    ) -> String {
        var rules = inks.map { ".\($0.name) { fill: \(colour($0)); }" }
        rules.append(".title, .head, .value { fill: \(colour(inks[1])); } .note { fill: \(colour(inks[2])); }")
        rules += [grid, halo, whisker].map { ".\($0.name) { stroke: \(colour($0)); }" }
        for family in ServerInfo.Family.allCases {
            for (index, pair) in (series[family] ?? []).enumerated() {
                rules.append(
                    ".fill-\(family)-\(index) { fill: \(shade(pair)); } .line-\(family)-\(index) { stroke: \(shade(pair)); }"
                )
            }
        }
        return rules.joined(separator: "\n")
    }
}
