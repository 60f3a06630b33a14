// An echo server as a user writes it, awaited: what is measured against the servers of other libraries.
//
//     swift run -c release --package-path Benchmarks echo-server 127.0.0.1 9000 [posix|uring] [THREADS [shared-port]]
//
// It serves until it is ended. With several threads the listener's hands connections on to the others; "shared-port" lets each accept at a
// listener of its own instead.

import BackendURing
@_spi(Measuring) import Sockets

@main struct EchoServer {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let port = Int(arguments[2]),
            let choice = choice(arguments.dropFirst(3).first ?? "posix", arguments.dropFirst(4).first ?? "1")
        else { fatalError("usage: echo-server HOST PORT [posix|uring] [THREADS [shared-port]]") }

        var options = ServerOptions()
        let isShared = arguments.dropFirst(5).first == "shared-port"
        if isShared { options.spreading = .sharedPort }

        let network = try Network(choice)
        let listener = try await network.listen(host: arguments[1], port: port, backlog: 4096, reusePort: isShared)
        // Connections inherit it.
        try listener.set(.tcp.noDelay, true)
        try await listener.serve(options) { connection in
            while let chunk = try await connection.receive() { try await connection.sendAll(chunk) }
        }
    }

    private static func choice(_ backend: String, _ threads: String) -> BackendChoice? {
        guard let threads = Int(threads) else { return nil }
        switch backend {
        case "posix": return .posix(threads: threads)
        case "uring": return .uring(URingOptions(threads: threads))
        default: return nil
        }
    }
}
