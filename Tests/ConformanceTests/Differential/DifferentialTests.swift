import Sockets
import TestSupport
import Testing

/// Python's answers to all rows, from one run of `python3`.
enum Python {
    static let answers: [String] = {
        let directory = TemporaryDirectory()
        Process.close(directory.file(Array(pythonScript.utf8), named: "script.py"))
        Process.close(directory.file(Array(differentialRows.map(\.steps).joined(separator: "\n").utf8), named: "rows"))
        let python = try? Child(named: "python3", ["-I", "\(directory.path)/script.py", "\(directory.path)/rows"])
        let printed = (try? python?.finish().text) ?? ""
        return printed.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }()
}

@Suite(.needs("python3")) struct `The same calls as Python's socket module` {
    @Test func `every row has an answer`() {
        #expect(Python.answers.count >= differentialRows.count)
    }

    @Test(arguments: Backends.all, differentialRows.indices) func `give the same results and error numbers`(
        backend: TestBackend, index: Int
    ) throws {
        let row = differentialRows[index]
        let steps = row.steps.components(separatedBy: " / ")
        let theirs = Python.answers[index].components(separatedBy: " | ")
        let interpreter = StepInterpreter(try backend.network())
        for (number, step) in steps.enumerated() {
            let ours = interpreter.outcome(step)
            let simulated = backend == .simulation ? row.simulated[number] : nil
            if let divergence = simulated ?? row.divergences[number] {
                #expect(ours == divergence.ours, "\(row.steps), step \(number): \(step); \(divergence.reason)")
            } else {
                #expect(ours == theirs[number], "\(row.steps), step \(number): \(step)")
            }
        }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
