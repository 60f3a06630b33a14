// A server as a user writes it: what is measured against the servers of other libraries.
//
//     swift run -c release --package-path Benchmarks echo-server 127.0.0.1 9000 [posix|uring] [THREADS [shared-port]] [OPTION VALUE]…
//
//     --mode echo|machine|sink|source|writer    what a connection gets: an echo unless it is said, by a task or by a machine
//     --mode datagrams|batches          datagrams are echoed instead, on one thread, one at a time or up to 32
//     --calls awaited|blocking          a task for each connection, or a thread, of which echo, sink, source and batches know
//     --chunk BYTES                     how much a source sends at a time, and a sink receives at most
//     --gather N                        how many chunks a source sends at once
//     --spin MICROSECONDS               how long uring's executor looks for completions before it sleeps
//     --zero-copy BYTES                 from which size on uring's sends are made without a copy
//
// It serves until it is ended. With several threads the listener's hands connections on to the others; "shared-port" lets each accept at a
// listener of its own instead.

import Machines
@_spi(Measuring) import Sockets

@main struct EchoServer {
    static func main() async throws {
        guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else {
            fatalError("usage: echo-server HOST PORT [posix|uring] [THREADS [shared-port]] [OPTION VALUE]…")
        }
        if case .datagrams(let echo) = arguments.mode {
            return try await echo.run(try Network(arguments.choice), arguments)
        }
        var options = ServerOptions()
        if arguments.sharesPort { options.spreading = .sharedPort }
        let network = try Network(arguments.choice)
        let listener = try await network.listen(
            host: arguments.host, port: arguments.port, backlog: 4096, reusePort: arguments.sharesPort)
        // Connections inherit it.
        try listener.set(.tcp.noDelay, true)
        if arguments.blocks { return try BlockingServer(network, arguments).serve(listener) }
        switch arguments.mode {
        case .datagrams: break
        case .echo:
            try await listener.serve(options) { connection in
                while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
            }
        case .machine: try await listener.serve(options, machine: EchoMachine())
        case .sink: try await listener.serve(options, handler: Bulk(arguments).discard)
        case .source: try await listener.serve(options, handler: Bulk(arguments).generate)
        case .writer: try await listener.serve(options, handler: Bulk(arguments).write)
        }
    }
}
