import ArgumentParser
import Sockets

/// `--resolver` and `--server`.
struct ResolverOption: ParsableArguments {
    /// A resolver as the command line names it.
    enum Name: String, CaseIterable, ExpressibleByArgument {
        case system
        case stub
    }

    @Option(
        help: """
            Who looks names up: the C library, or a resolver of this package's own that asks the servers of /etc/resolv.conf through \
            the backend's sockets.
            """)
    var resolver: Name?

    @Option(
        name: .customLong("server"),
        help: "The address, or ADDRESS:PORT, of a server for the stub resolver to ask instead; may be given again.")
    var servers: [String] = []

    func validate() throws {
        if resolver == .system, !servers.isEmpty {
            throw ValidationError("--server is the stub resolver's: say --resolver stub, or leave --resolver out")
        }
        for server in servers { _ = try address(server) }
    }

    /// Whether the stub resolver is chosen: also by naming servers for it.
    var isStub: Bool { resolver == .stub || !servers.isEmpty }

    /// How the library makes it; servers may be the only ones that are asked.
    func choice() throws -> ResolverChoice {
        guard isStub else { return .system }
        if servers.isEmpty { return .files() }
        var stub = try StubConfiguration.system()
        stub.resolver.servers = try servers.map { try address($0) }
        return .stub(stub)
    }

    private func address(_ text: String) throws -> SocketAddress {
        if let ip = IPAddress(text) { return SocketAddress(ip, port: ResolverConfiguration.port) }
        guard let address = SocketAddress(text), address.ip != nil else {
            throw ValidationError("\"\(text)\" is no numeric address of a server, with or without a port")
        }
        return address
    }
}
