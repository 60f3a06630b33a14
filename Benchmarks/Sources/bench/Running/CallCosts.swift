import Foundation
import Reporting

/// The benchmarks of calls, which the harness's own tool runs.
struct CallCosts {
    let folders: Folders

    private var exported: String { folders.built + "/calls" }

    /// Builds them, and the harness's tool.
    func build() throws {
        try run(["list"], log: "calls-build", core: nil)
    }

    /// Measures on one core.
    ///
    /// - Throws: ``Child/Failure`` when they do not run, or report nothing.
    func measure(core: Int) throws -> [CallCost] {
        try? FileManager.default.removeItem(atPath: exported)
        try FileManager.default.createDirectory(atPath: exported, withIntermediateDirectories: true)
        try run(["--format", "histogramPercentiles", "--path", exported, "--no-progress"], log: "calls", core: core)
        var files: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: exported) {
            files[file] = try String(contentsOfFile: exported + "/" + file, encoding: .utf8)
        }
        let costs = CallCost.read(files)
        guard !costs.isEmpty else { throw Child.Failure(description: "the benchmarks of calls report nothing") }
        return costs
    }

    private func run(_ words: [String], log: String, core: Int?) throws {
        let file = "\(folders.built)/\(log).log"
        let command = ["swift", "package", "--allow-writing-to-directory", folders.built, "benchmark"] + words
        let child = try Child(command, directory: folders.package, core: core, outputTo: file, deathSignal: SIGTERM)
        guard child.wait(seconds: 3600) == 0 else {
            child.stop()
            throw Child.Failure(description: "swift package benchmark fails: see \(file)")
        }
    }
}
