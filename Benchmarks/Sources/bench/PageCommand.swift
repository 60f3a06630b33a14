import ArgumentParser
import Foundation
import Reporting

/// The results page of the documentation.
struct PageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Writes the documentation's page on performance, and README's table, from a run's results.json.")

    @Argument(help: "The file.")
    var results: String

    @Option(
        name: .long,
        help: ArgumentHelp("The documentation catalogue; that of Sockets unless said.", valueName: "folder"))
    var catalogue: String?

    func run() throws {
        let results = try Results.read(results)
        let root = try Folders().package + "/.."
        let catalogue = catalogue ?? root + "/Sources/Sockets/Sockets.docc"
        let resources = Output(folder: catalogue + "/Resources")
        try resources.prepare()
        for picture in results.pictures { try resources.save(picture.svg, as: picture.file) }
        try Output(folder: catalogue).save(results.page, as: "Performance.md")
        let readme = try String(contentsOfFile: root + "/README.md", encoding: .utf8)
        guard let renewed = Marked.replacing(readme, with: results.readmeText) else {
            throw ValidationError("README.md has no place for the table: \(Marked.begin) and \(Marked.end).")
        }
        try Output(folder: root).save(renewed, as: "README.md")
    }
}
