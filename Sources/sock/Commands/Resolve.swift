import ArgumentParser
import Sockets

struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look a host and a service up, as getaddrinfo(3) does.",
        discussion: """
            Prints an answer a line, in the order to try them. An empty HOST means this one.

            EXAMPLES
              sock resolve localhost
              sock resolve example.org https --canonical
              sock resolve 2001:db8::1 443 --numeric        asks no resolver
              sock resolve 127.0.0.1 --reverse              with the addresses' names
            """)

    @Argument(help: "A name or a numeric address.")
    var host: String

    @Argument(help: "The name of a service or a port.")
    var service: String?

    @OptionGroup var families: FamilyFlags

    @Flag(help: "HOST and SERVICE are numbers; look nothing up.")
    var numeric = false

    @Flag(help: "Ask for the canonical name.")
    var canonical = false

    @Flag(help: "Look up the name of each address, too.")
    var reverse = false

    @OptionGroup var carrier: BackendOption

    func validate() throws {
        guard let service else { return }
        do throws(AddressError) {
            _ = try HostPort.Port(parsing: service)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        StandardStreams.reserve()
        let network = try carrier.network()
        var flags: AddressInfoFlags = numeric ? [.numericHost, .numericService] : []
        if canonical { flags.insert(.canonicalName) }
        let found = try network.addresses(of: host, service: service, family: families.family, flags: flags)
        var table = Table(
            ["FAMILY", "TYPE", "PROTOCOL"] + (canonical ? ["CANONICAL NAME"] : []) + ["ADDRESS"]
                + (reverse ? ["NAME"] : []))
        for info in found { table.add(cells(info, network)) }
        for line in table.lines() { say(line) }
    }

    private func cells(_ info: AddressInfo, _ network: Network) -> [String] {
        ["\(info.family)", "\(info.type)", "\(info.protocol)"] + (canonical ? [info.canonicalName ?? "–"] : [])
            + [text(info.address)] + (reverse ? [name(of: info.address, network)] : [])
    }

    /// Without a service there is no port worth showing.
    private func text(_ address: SocketAddress) -> String {
        if service == nil, let ip = address.ip { "\(ip)" } else { "\(address)" }
    }

    private func name(of address: SocketAddress, _ network: Network) -> String {
        do throws(SocketError) {
            return try network.name(of: address, flags: .nameRequired).host
        } catch {
            if case .resolution(let reason) = error.cause { return "– (\(reason))" }
            return "– (\(error.code))"
        }
    }
}
