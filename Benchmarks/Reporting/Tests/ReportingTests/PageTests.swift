import Testing

@testable import Reporting

struct PageTests {
    @Test func `only what is between the marks is exchanged`() {
        let text = "before\n\(Marked.begin)\nold\nolder\n\(Marked.end)\nafter\n"
        let renewed = Marked.replacing(text, with: "new")
        #expect(renewed == "before\n\(Marked.begin)\n\nnew\n\n\(Marked.end)\nafter\n")
        #expect(renewed.flatMap { Marked.replacing($0, with: "new") } == renewed)
    }

    @Test(arguments: ["", Marked.begin, "\(Marked.end)\n\(Marked.begin)"])
    func `a text without both marks in order is left alone`(text: String) {
        #expect(Marked.replacing(text, with: "new") == nil)
    }

    @Test func `ratios are to the cheapest of C's, which is named`() {
        let table = Made.results([(Made.ours, [3, 4]), (Made.c, [2, 2]), (Made.nio, [6, 8])]).ratioTable(of: [
            .ours, .nio,
        ])
        #expect(table.heading == ["CPU time of an operation", "ours", "SwiftNIO", "= 1"])
        #expect(table.rows == [["echo & more", "1.75", "3.50", "C"]])
    }

    @Test func `a page says so when the machine was not quiet`() {
        var results = Made.results([(Made.ours, [3, 4])])
        #expect(!results.page.contains("Warning"))
        results.runs.append(
            Run(
                load: "echo", server: "posix", round: 2, isDisturbed: true,
                sample: Made.sample(operations: 10, serverSeconds: 1)))
        #expect(results.page.contains("> Warning: On the machine of this run other work disturbed 1 of 3 runs"))
        #expect(results.readmeText.contains("disturbed 1 of 3 runs"))
    }

    @Test func `the report has a table for each load and a reason for each omission`() {
        var results = Made.results([(Made.ours, [3]), (Made.c, [2])])
        results.skipped.append(Skip(what: "Go", reason: "go is not installed"))
        let report = results.markdown(pictures: [("a.svg", "a plot")])
        #expect(report.contains("## echo & more\n\n| server |"))
        #expect(report.contains("| ours | 50,000 | 50,000–50,000 | 3.00 | 3.00–3.00 | 1.50 | 1.50–1.50 |"))
        #expect(report.contains("- Go: go is not installed"))
        #expect(report.contains("![a plot](a.svg)"))
    }
}
