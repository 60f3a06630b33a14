import ArgumentParser
import Sockets

struct Connect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Connect standard input and output to a socket.",
        discussion: """
            Every address that HOST resolves to is tried in order until one answers. Standard input goes to the socket and the socket to \
            standard output, both at once, byte for byte. At the end of input the sending half is shut down, and the command goes on \
            until the peer ends; the peer's end is this command's end too, whether or not there is more input.

            With --udp each read of standard input, at most 8192 bytes, becomes one datagram. Datagrams have no end: after the end of \
            input the command waits until nothing has come for --wait seconds.

            EXAMPLES
              echo hello | sock connect localhost:7007
              sock connect -6 example.org:http < request.txt
              sock connect unix:/run/service.sock
              echo ping | sock connect 127.0.0.1:7 --udp --wait 0.5
            """)

    @Argument(help: "Where: HOST:PORT, [IPV6]:PORT, unix:PATH or unix:@NAME.")
    var endpoint: String

    @Flag(help: "Datagrams instead of a stream.")
    var udp = false

    // Unconditional, so that a negative number is told from an option, and refused as what it is.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The most time connecting may take, all addresses together, more than 0 and at most 86400; without it, the system's.",
            valueName: "seconds"
        ))
    var timeout: Seconds?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --udp, the silence that ends the command after the end of input. (default: 1)", valueName: "seconds"))
    var wait: Seconds?

    @OptionGroup var families: FamilyFlags

    @OptionGroup var carrier: BackendOption

    func validate() throws {
        try Endpoint.validate(endpoint)
        if endpoint.hasPrefix("unix:"), families.family != .unspecified {
            throw ValidationError("-4 and -6 do not apply to UNIX sockets")
        }
        if wait != nil, !udp { throw ValidationError("--wait goes with --udp: a stream has an end of its own") }
    }

    // Not an asynchronous command: under an asynchronous main the main thread would take the signals that others hold back, as Dispatch has
    // it wait for all of them.
    func run() throws {
        StandardStreams.reserve()
        StandardStreams.ignoreBrokenPipes()
        let network = try carrier.network()
        try network.run { [self] in
            let socket = try await connected(network)
            try await Pump(network, socket, silence: (wait ?? Seconds(1)).duration).run()
        }
    }

    private func connected(_ network: Network) async throws -> Socket {
        if udp && endpoint.hasPrefix("unix:") { return try await namedDatagrams(network) }
        return try await network.connect(
            endpoint, family: families.family, type: udp ? .datagram : .stream,
            deadline: timeout.map { .within($0.duration) })
    }

    /// A UNIX datagram socket needs a name of its own to be answered; the system picks an abstract one.
    private func namedDatagrams(_ network: Network) async throws -> Socket {
        let address = try SocketAddress(parsing: endpoint)
        let socket = try network.socket(.unix, .datagram)
        try socket.bind(to: .unix(.unnamed))
        try await socket.connect(to: address)
        return socket
    }
}
