import ArgumentParser

@main struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures servers of this package and of others, side by side over loopback.",
        subcommands: [RunCommand.self, RenderCommand.self, PageCommand.self], defaultSubcommand: RunCommand.self)
}
