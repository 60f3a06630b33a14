import ArgumentParser
import Sockets

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve echo, discard or chargen until SIGINT, SIGTERM or SIGHUP.",
        discussion: """
            echo sends back what it receives (RFC 862), discard throws it away (RFC 863), chargen sends lines of characters until the \
            peer closes, or with --udp one datagram of them for each received (RFC 864).

            The first line on standard output is "listening on ADDRESS", with the port the system chose where PORT is 0; it is written \
            when peers can connect. With --max-connections of them no more are accepted until one ends: further peers wait in the \
            kernel's backlog. When descriptors or threads run out, accepting pauses for 100 ms at a time. An error in one connection is \
            reported on standard error and ends that one only.

            --mode says how connections wait: with blocking each has a thread that is parked in its calls, with async each has a task, \
            and --threads threads run all of them. Datagrams are answered by one thread, or with async by each of --threads.

            SIGINT, SIGTERM and SIGHUP close all connections and end the server with exit code 0; the last line says what was served. \
            Another one half a second later ends it at once. A UNIX path that the server made is removed; one that exists already is an error, never replaced.

            EXAMPLES
              sock serve echo --listen 127.0.0.1:7007
              sock serve echo --listen :0                   both families, any port
              sock serve chargen --listen [::1]:1919 --udp
              sock serve discard --listen unix:/tmp/discard.sock
              sock serve echo --listen :7007 --mode async --threads 2
              sock serve echo --listen :7007 --mode async --backend uring
            """)

    @Argument(help: "What to serve: \(ServiceName.allCases.map(\.rawValue).joined(separator: ", ")).")
    var service: ServiceName

    @Option(help: ArgumentHelp("Where: HOST:PORT, [IPV6]:PORT, :PORT, unix:PATH or unix:@NAME.", valueName: "endpoint"))
    var listen: String

    @Flag(help: "Datagrams instead of streams.")
    var udp = false

    @OptionGroup var carrier: BackendOption

    @Option(help: "How the server waits.")
    var mode = ModeName.blocking

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Connections served at a time, 1 to 65536.", valueName: "count"))
    var maxConnections = 1024

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --mode async, the threads that run all tasks, 1 to 1024. (default: 1)", valueName: "count"))
    var threads: Int?

    func validate() throws {
        try Endpoint.validate(listen)
        guard (1...65_536).contains(maxConnections) else {
            throw ValidationError("--max-connections must be in 1...65536, which \(maxConnections) is not")
        }
        guard let threads else { return }
        guard mode == .async else {
            throw ValidationError("--threads goes with --mode async; with --mode blocking each connection has a thread")
        }
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads must be in 1...1024, which \(threads) is not")
        }
    }

    func run() throws {
        StandardStreams.reserve()
        StandardStreams.ignoreBrokenPipes()
        let signals = TerminationSignals()
        let network = try carrier.network(threads: threads ?? 1)
        let socket = udp ? try network.datagrams(at: listen) : try network.listen(listen)
        let address = try socket.localAddress()
        let path = UNIXPath(boundTo: address)
        defer { path?.remove() }
        try signals.onFirst(network) { try? network.close() }
        let announcement =
            "listening on \(address) "
            + "(\(service), \(transport(address)), \(network.backendName) backend, \(waiting)\(bound))"

        let tally = Tally()
        if udp {
            let server = try DatagramServer(network, socket, service, tally)
            try serve(network, announcement, { try server.run() }, { try await server.run() })
        } else {
            let server = StreamServer(network, socket, service, maxConnections: maxConnections, tally)
            try serve(network, announcement, { try server.run() }, { try await server.run() })
        }
        say(tally.summary(udp ? "datagram" : "connection"))
    }

    /// Says that peers can connect once nothing is in the way: with `async`, when the threads run.
    private func serve(
        _ network: Network, _ announcement: String, _ blocking: () throws -> Void,
        _ awaited: @escaping @Sendable () async throws -> Void
    ) throws {
        switch mode {
        case .blocking:
            say(announcement)
            try blocking()
        case .async:
            try network.run {
                say(announcement)
                try await awaited()
            }
        }
    }

    private func transport(_ address: SocketAddress) -> String {
        switch address {
        case .unix: udp ? "UNIX datagrams" : "UNIX stream"
        default: udp ? "UDP" : "TCP"
        }
    }

    private var waiting: String {
        switch mode {
        case .blocking: "\(mode)"
        case .async: "\(mode), \(counted(threads ?? 1, "thread"))"
        }
    }

    private var bound: String { udp ? "" : ", at most \(counted(maxConnections, "connection"))" }
}
