import ArgumentParser

@main
struct Sock: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sock", abstract: "Sockets from the command line.")
}
