import ArgumentParser
import Machines
@_spi(Measuring) import Sockets

/// A server as a user writes it: what is measured against the servers of other libraries.
@main struct EchoServer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "echo-server", abstract: "Serves until it is ended, for a load generator.")

    @OptionGroup var arguments: Arguments

    func run() throws {
        if arguments.calls == .blocking { return try BlockingServer(Network(arguments.choice), arguments).run() }
        try Network.run(arguments.choice) { network in
            switch arguments.mode {
            case .datagrams, .batches: try await DatagramEcho(arguments: arguments).run(network)
            case .echo, .machine, .sink, .source, .writer: try await serve(network)
            }
        }
    }

    private func serve(_ network: Network) async throws {
        let sharesPort = arguments.listeners == .sharedPort
        let listener = try await network.listen(
            host: arguments.host, port: arguments.port, backlog: 4096, reusePort: sharesPort)
        // Connections inherit it.
        try listener.set(.tcp.noDelay, true)
        var options = ServerOptions()
        if sharesPort { options.spreading = .sharedPort }
        switch arguments.mode {
        case .machine: try await listener.serve(options, machine: EchoMachine())
        case .sink: try await listener.serve(options, handler: Bulk(arguments).discard)
        case .source: try await listener.serve(options, handler: Bulk(arguments).generate)
        case .writer: try await listener.serve(options, handler: Bulk(arguments).write)
        case .echo, .datagrams, .batches:
            try await listener.serve(options) { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
        }
    }
}
