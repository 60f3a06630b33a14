import ArgumentParser
import Foundation
import Reporting

/// The folder that results are written to.
struct Output {
    let folder: String

    /// - Throws: When there can be no such folder, before anything is measured.
    func prepare() throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw ValidationError("\(folder) cannot be made: \(error.localizedDescription)")
        }
        guard access(folder, W_OK) == 0 else { throw ValidationError("\(folder) cannot be written to.") }
    }

    func write(_ results: Results) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try save(String(decoding: try encoder.encode(results), as: UTF8.self) + "\n", as: "results.json")
        try writeReport(results)
    }

    /// The text and the plots.
    func writeReport(_ results: Results) throws {
        let pictures = results.pictures
        for picture in pictures { try save(picture.svg, as: picture.file) }
        try save(results.markdown(pictures: pictures.map { ($0.file, $0.description) }), as: "report.md")
    }

    func save(_ text: String, as file: String) throws {
        try text.write(toFile: folder + "/" + file, atomically: true, encoding: .utf8)
    }
}

extension Results {
    /// - Throws: When the file cannot be read, or is of another version of this program.
    static func read(_ file: String) throws -> Results {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw ValidationError("\(file) cannot be read.")
        }
        return try JSONDecoder().decode(Results.self, from: bytes)
    }

    mutating func skip(_ what: String, _ error: any Error, _ progress: Progress) {
        let reason = (error as? Builder.Missing)?.reason ?? (error as? Child.Failure)?.description ?? "\(error)"
        skipped.append(Skip(what: what, reason: reason))
        progress.remark("not measured: \(what): \(reason)")
    }

    /// Tables for a terminal.
    var terminalText: String {
        var parts = [machineText]
        for load in loads {
            let table = table(of: load)
            if !table.rows.isEmpty { parts += [load.title, table.aligned] }
        }
        if !idle.isEmpty { parts += ["Memory of idle connections", memoryTable.aligned] }
        if !calls.isEmpty { parts += ["Calls", callTable.aligned] }
        if !skipped.isEmpty {
            parts += ["Not measured", skipped.map { "- \($0.what): \($0.reason)" }.joined(separator: "\n")]
        }
        return parts.joined(separator: "\n\n")
    }
}
