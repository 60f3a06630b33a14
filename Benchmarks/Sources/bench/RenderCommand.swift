import ArgumentParser
import Reporting

/// Text and plots of an earlier run.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Writes the report and the plots of an earlier run's results.json.")

    @Argument(help: "The file.")
    var results: String

    @Option(name: .long, help: ArgumentHelp("Where they go.", valueName: "folder"))
    var out: String

    func run() throws {
        let output = Output(folder: out)
        try output.prepare()
        try output.writeReport(try .read(results))
    }
}
