import Testing

@testable import Reporting

struct TextTests {
    @Test(arguments: [
        (0, 1, "0.0"), (1234.56, 1, "1,234.6"), (999.95, 1, "1,000.0"), (1_234_567, 0, "1,234,567"), (0.049, 2, "0.05"),
        (-1.25, 1, "−1.3"), (-0.001, 1, "0.0"), (.infinity, 1, "–"), (.nan, 1, "–"),
    ])
    func `numbers have the digits asked for`(value: Double, digits: Int, text: String) {
        #expect(Number.fixed(value, digits: digits) == text)
    }

    @Test(arguments: [(0.2384, "0.238"), (3.456, "3.46"), (27.12, "27.1"), (416.6, "417"), (4166.0, "4,166"), (0, "0")])
    func `short numbers keep three digits or more`(value: Double, text: String) {
        #expect(Number.short(value) == text)
    }

    @Test func `columns are as wide as their widest cell, names to the left and figures to the right`() {
        var table = Table(["name", "µs"])
        table.add(["a", "12.5"])
        table.add(["longer", "3"])
        #expect(table.aligned == "name      µs\na       12.5\nlonger     3")
        #expect(table.markdown == "| name | µs |\n| --- | --: |\n| a | 12.5 |\n| longer | 3 |")
    }

    @Test func `a row of another length than the heading is brought to it`() {
        var table = Table(["a", "b"])
        table.add(["1"])
        table.add(["1", "2", "3"])
        #expect(table.rows == [["1", ""], ["1", "2"]])
    }

    @Test func `a bar in a cell does not end it`() {
        var table = Table(["a"])
        table.add(["x|y"])
        #expect(table.markdown.hasSuffix("| x\\|y |"))
    }
}
