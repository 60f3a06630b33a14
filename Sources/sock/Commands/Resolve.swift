import ArgumentParser
import Sockets

struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look a host and a service up, as getaddrinfo(3) does, or records of the Domain Name System.",
        discussion: """
            Prints an answer a line, in the order to try them. An empty HOST means this one.

            EXAMPLES
              sock resolve localhost
              sock resolve example.org https --canonical
              sock resolve 2001:db8::1 443 --numeric        asks no resolver
              sock resolve 127.0.0.1 --reverse              with the addresses' names
              sock resolve example.org --resolver stub      by this package's own resolver
              sock resolve example.org --record mx --record txt --server 192.0.2.53
                                                            records of other types, a line each
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

    @Option(
        help: "Print the records of this type, such as mx, instead of addresses; may be given again.")
    var record: [String] = []

    @OptionGroup var resolver: ResolverOption

    @OptionGroup var carrier: BackendOption

    func validate() throws {
        for text in record where DNSRecordType(text) == nil {
            throw ValidationError("\"\(text)\" is no type of records; a number is written TYPE123")
        }
        if record.count > DNSQuery.maximumTypes {
            throw ValidationError("--record may be given \(DNSQuery.maximumTypes) times")
        }
        guard let service else { return }
        do throws(AddressError) {
            _ = try HostPort.Port(parsing: service)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        StandardStreams.reserve()
        let chosen = record.isEmpty || resolver.isStub ? try resolver.choice() : .stub(try .system())
        let network = try Network(carrier.backend.choice.resolving(chosen))
        guard record.isEmpty else { return try printRecords(network) }
        var flags: AddressInfoFlags = numeric ? [.numericHost, .numericService] : []
        if canonical { flags.insert(.canonicalName) }
        let found = try network.addresses(of: host, service: service, family: families.family, flags: flags)
        var table = Table(
            ["FAMILY", "TYPE", "PROTOCOL"] + (canonical ? ["CANONICAL NAME"] : []) + ["ADDRESS"]
                + (reverse ? ["NAME"] : []))
        for info in found { table.add(cells(info, network)) }
        for line in table.lines() { say(line) }
    }

    private func printRecords(_ network: Network) throws {
        let answer = try network.records(of: host, record.compactMap { DNSRecordType($0) })
        for (alias, target) in zip(answer.aliases, answer.aliases.dropFirst() + [answer.name]) {
            say("; \(alias) is an alias of \(target)")
        }
        for record in answer.records { say("\(record)") }
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
