import Sockets
import TestSupport

extension Ledger {
    private static let own = "names, and a name service, are a host's own"

    static let names = [
        LedgerRow(
            "`getaddrinfo`", [.resolve], classic: ["getaddrinfo"], simulation: .abstracted(own), linux: "[127.0.0.1:80]"
        ) { network in
            "\(try network.addresses(of: "127.0.0.1", service: "http", type: .stream).map(\.address))"
        },
        LedgerRow("`getaddrinfo` of no service", linux: "\(SocketError.Code.resolutionFailed)") { network in
            "\(try network.addresses(of: "127.0.0.1", service: "nonesuch", type: .stream).map(\.address))"
        },
        LedgerRow(
            "`getnameinfo`", [.resolveName], classic: ["getnameinfo"], simulation: .abstracted(own),
            linux: "localhost http"
        ) { network in
            let name = try network.name(of: .ipv4(.loopback, port: 80))
            return "\(name.host) \(name.service)"
        },
        LedgerRow(
            "`gethostbyname`", [.hostByName], classic: ["gethostbyname"], simulation: .abstracted(own),
            linux: "127.0.0.1"
        ) { network in
            "\(try network.ipv4Address(ofHost: "localhost"))"
        },
        LedgerRow(
            "`gethostbyname_ex`", classic: ["gethostbyname_ex"], simulation: .abstracted(own), linux: "[127.0.0.1]"
        ) { network in
            "\(try network.host(named: "localhost").addresses)"
        },
        LedgerRow(
            "`gethostbyaddr`", [.hostByAddress], classic: ["gethostbyaddr"], simulation: .abstracted(own),
            linux: "localhost"
        ) { network in
            try network.host(at: "127.0.0.1").name
        },
        LedgerRow("`getfqdn`", classic: ["getfqdn"], simulation: .abstracted(own), linux: "192.0.2.1") { network in
            try network.fullyQualifiedName(of: "192.0.2.1")
        },
        LedgerRow(
            "`gethostname`", [.hostName], classic: ["gethostname"],
            simulation: .divergent("the name that the simulation gave the host"), linux: nil
        ) { network in try network.hostName() },
        LedgerRow(
            "`getprotobyname`", [.protocolByName], classic: ["getprotobyname"], simulation: .abstracted(own),
            linux: "IPPROTO_UDP"
        ) { network in
            "\(try network.protocolNumber(named: "udp"))"
        },
        LedgerRow(
            "`getservbyname`", [.serviceByName], classic: ["getservbyname"], simulation: .abstracted(own), linux: "53"
        ) { network in
            "\(try network.port(ofService: "domain", protocol: "udp"))"
        },
        LedgerRow(
            "`getservbyport`", [.serviceByPort], classic: ["getservbyport"], simulation: .abstracted(own),
            linux: "https"
        ) { network in
            try network.serviceName(atPort: 443, protocol: "tcp")
        },
        LedgerRow(
            "`if_nameindex`", [.interfaces], classic: ["if_nameindex"],
            simulation: .abstracted("two interfaces, `lo` and `eth0`"), linux: "true"
        ) { network in
            let all = try network.interfaces()
            return "\(try all.allSatisfy { try network.interfaceName(at: $0.index) == $0.name })"
        },
        LedgerRow("`if_nametoindex`", classic: ["if_nametoindex"], linux: "1") { network in
            "\(try network.interfaceIndex(of: "lo"))"
        },
        LedgerRow("`if_indextoname`", classic: ["if_indextoname"], linux: "lo") { network in
            try network.interfaceName(at: 1)
        },
    ]
}
