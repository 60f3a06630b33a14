// An echo server as a user writes it, awaited: what is measured against the servers of other libraries.
//
//     swift run -c release --package-path Benchmarks echo-server 127.0.0.1 9000 [posix|uring] [THREADS [MODE]]
//
// It serves until it is ended. With several threads the listener's hands connections on to the others; in the mode "shared-port" each accepts
// at a listener of its own instead. The modes "datagrams", "batches" and "blocking-batches" echo datagrams, on one thread.

import BackendURing
@_spi(Measuring) import Sockets

@main struct EchoServer {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let port = Int(arguments[2]),
            let choice = choice(arguments.dropFirst(3).first ?? "posix", arguments.dropFirst(4).first ?? "1")
        else {
            fatalError(
                "usage: echo-server HOST PORT [posix|uring] [THREADS [shared-port|datagrams|batches|blocking-batches]]")
        }
        let network = try Network(choice)
        let mode = arguments.dropFirst(5).first
        if let echo = mode.flatMap({ DatagramEcho(rawValue: $0) }) {
            return try await echo.run(network, host: arguments[1], port: port)
        }
        try await serve(network, host: arguments[1], port: port, isShared: mode == "shared-port")
    }

    private static func serve(_ network: Network, host: String, port: Int, isShared: Bool) async throws {
        var options = ServerOptions()
        if isShared { options.spreading = .sharedPort }
        let listener = try await network.listen(host: host, port: port, backlog: 4096, reusePort: isShared)
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
