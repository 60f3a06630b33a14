import ArgumentParser
import Reporting

/// The results page of the documentation.
struct PageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page", abstract: "Writes the documentation's page on performance from a run's results.json.")

    @Argument(help: "The file.")
    var results: String

    @Option(
        name: .long,
        help: ArgumentHelp("The documentation catalogue; that of Sockets unless said.", valueName: "folder"))
    var catalogue: String?

    func run() throws {
        let results = try Results.read(results)
        let catalogue = try catalogue ?? Folders().package + "/../Sources/Sockets/Sockets.docc"
        let resources = Output(folder: catalogue + "/Resources")
        try resources.prepare()
        for picture in results.pictures { try resources.save(picture.svg, as: picture.file) }
        try Output(folder: catalogue).save(results.page, as: "Performance.md")
    }
}
