import Layers
import SocketModel

/// The files that say how names are looked up: whatever is in them, a comment at the end changes nothing, and what is listed is found.
func fuzzResolverFiles(_ bytes: [UInt8]) throws {
    let more = bytes + Array("\n# a comment\n".utf8)
    try demand(ServicesFile(parsing: more), equals: ServicesFile(parsing: bytes), "services and a comment")
    try demand(NameServiceSwitch(parsing: more), equals: NameServiceSwitch(parsing: bytes), "a switch and a comment")
    let resolver = ResolverConfiguration(parsing: bytes, hostName: "host.example")
    try demand(
        ResolverConfiguration(parsing: more, hostName: "host.example"), equals: resolver, "servers and a comment")
    try demand(resolver.servers.count <= bytes.count + 1, "more servers than there are bytes")

    let hosts = HostsFile(parsing: bytes)
    try demand(HostsFile(parsing: more), equals: hosts, "hosts and a comment")
    for entry in hosts.entries {
        for name in [entry.name] + entry.aliases {
            try demand(hosts.addresses(of: name).contains(entry.addresses[0]), "\(name) is not found")
        }
        try demand(!hosts.names(of: entry.addresses[0]).isEmpty, "\(entry.addresses[0]) is not found")
    }
}
