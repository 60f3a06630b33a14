import Foundation
import Reporting

/// What happens now, on standard error: one line that is written anew on a terminal, else a line for each load and round.
struct Progress {
    private let total: Int
    private var done = 0
    private let started = Date()
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var lastPlain = ""

    private let estimates: Bool

    /// - Parameter estimates: Whether its steps take about as long as each other, so that the time left can be told.
    init(total: Int, estimates: Bool = true) {
        self.total = total
        self.estimates = estimates
    }

    /// - Parameters:
    ///   - group: What a line is written for where there is no terminal.
    mutating func begin(_ what: String, group: String) {
        if isTerminal {
            write("\r\u{1b}[K\(bar) \(done)/\(total)  \(what)\(left)")
        } else if group != lastPlain {
            lastPlain = group
            write("[\(done)/\(total)] \(group)\(left)\n")
        }
    }

    mutating func end() { done = min(done + 1, total) }

    /// A line that stays.
    func remark(_ text: String) { write(isTerminal ? "\r\u{1b}[K\(text)\n" : text + "\n") }

    func clear() { if isTerminal { write("\r\u{1b}[K") } }

    private var bar: String {
        let width = 24
        let full = total > 0 ? done * width / total : 0
        return "[" + String(repeating: "█", count: full) + String(repeating: "·", count: width - full) + "]"
    }

    private var left: String {
        guard estimates, done > 2 else { return "" }
        let seconds = Int(Date().timeIntervalSince(started) / Double(done) * Double(total - done))
        return "  \(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60) left"
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
