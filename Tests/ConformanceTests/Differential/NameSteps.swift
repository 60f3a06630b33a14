import Sockets

/// The steps that look up names and translate addresses.
enum NameSteps {
    private static let families: [String: AddressFamily] = ["inet": .ipv4, "inet6": .ipv6, "any": .unspecified]
    private static let types: [String: SocketType] = ["stream": .stream, "dgram": .datagram]

    static func run(
        _ words: [String], _ network: Network, text: (String) -> String, hex: ([UInt8]) -> String,
        bytes: (String) -> [UInt8]
    ) throws -> String {
        switch words[0] {
        case "addresses":
            let parts = words[1...2].map { $0 == "none" ? nil : text($0) }
            let flags = AddressInfoFlags(rawValue: words.count > 5 ? Int32(words[5]) ?? 0 : 0)
            let found = try network.addresses(
                of: parts[0], service: parts[1], family: families[words[3]] ?? .unspecified, type: types[words[4]],
                flags: flags)
            return found.map(shown).joined(separator: ", ")
        case "name":
            let comma = words[1].lastIndex(of: ",") ?? words[1].endIndex
            guard let address = IPAddress(String(words[1][..<comma])),
                let port = UInt16(words[1][words[1].index(after: comma)...])
            else { return "no address" }
            let name = try network.name(
                of: SocketAddress(address, port: port), flags: NameInfoFlags(rawValue: Int32(words[2]) ?? 0))
            return "\(name.host) \(name.service)"
        case "host": return try network.ipv4Address(ofHost: text(words[1])).description
        case "entry": return shown(try network.host(named: text(words[1])))
        case "byaddress": return shown(try network.host(at: text(words[1])))
        case "fqdn": return try network.fullyQualifiedName(of: text(words[1]))
        case "hostname": return try network.hostName()
        case "protocol": return "\(try network.protocolNumber(named: words[1]).rawValue)"
        case "port": return "\(try network.port(ofService: words[1], protocol: words.count > 2 ? words[2] : nil))"
        case "service":
            return try network.serviceName(atPort: Int(words[1]) ?? 0, protocol: words.count > 2 ? words[2] : nil)
        case "interfaces": return try network.interfaces().map { "\($0.index):\($0.name)" }.joined(separator: " ")
        case "aton": return hex(try IPv4Address(classic: text(words[1])).packed)
        case "pton":
            return hex(try IPAddress(parsing: text(words[2]), family: families[words[1]] ?? .unspecified).packed)
        case "ntop":
            return try IPAddress(packed: bytes(words[2]), family: families[words[1]] ?? .unspecified).description
        default: return "no such step: \(words[0])"
        }
    }

    private static func shown(_ info: AddressInfo) -> String {
        let (ip, port) = (info.address.ip?.description ?? "?", info.address.port ?? 0)
        let name = info.canonicalName ?? ""
        return "\(info.family.rawValue) \(info.type.rawValue) \(info.protocol.rawValue) [\(name)] \(ip) \(port)"
    }

    private static func shown(_ entry: HostEntry) -> String {
        ([entry.name] + entry.addresses.map(\.description)).joined(separator: " ")
    }
}
