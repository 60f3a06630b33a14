internal import SocketModel

extension Lookup<[AddressInfo]> {
    static func addresses(
        of host: String?, service: String? = nil, family: AddressFamily = .unspecified, type: SocketType? = nil,
        protocol number: IPProtocol = .default, flags: AddressInfoFlags = []
    ) throws(SocketError) -> Lookup {
        if let service, service.isNumberForC, UInt16(service) == nil || service.hasPrefix("+") {
            throw SocketError(
                .invalidArgument, .resolve, .host(host ?? "", service: service),
                detail: "a service in decimal must be in 0...65535, without a sign or spaces")
        }
        let query = AddressQuery(
            host: host.flatMap { $0.isEmpty ? nil : $0 }, service: service.flatMap { $0.isEmpty ? nil : $0 },
            family: family, type: type, protocol: number, flags: flags)
        return .ask(.addresses(query)) { if case .addresses(let found) = $0 { found } else { nil } }
    }

    static func addresses(
        of host: String?, port: Int, family: AddressFamily, type: SocketType?, protocol number: IPProtocol,
        flags: AddressInfoFlags
    ) throws(SocketError) -> Lookup {
        let service = try Network.portNumber(port, .resolve, .host(host ?? "", service: "\(port)"))
        return try addresses(
            of: host, service: "\(service)", family: family, type: type, protocol: number, flags: flags)
    }
}

extension Lookup<(host: String, service: String)> {
    static func name(of address: SocketAddress, _ flags: NameInfoFlags) -> Lookup {
        .ask(.name(address, flags)) { if case .name(let host, let service) = $0 { (host, service) } else { nil } }
    }
}

extension Lookup<IPv4Address> {
    static func ipv4Address(ofHost name: String) throws(SocketError) -> Lookup {
        let address = try Lookup<SocketAddress>.address(name, 0, family: .ipv4, type: .stream, for: .hostByName)
        return try address.map { address throws(SocketError) in
            guard case .ipv4(let address, _) = address else { throw .unexpected(.hostByName) }
            return address
        }
    }
}

extension Lookup<HostEntry> {
    static func host(named name: String) -> Lookup { host(.hostByName(name)) }

    static func host(at address: IPAddress) -> Lookup { host(.hostByAddress(address)) }

    private static func host(_ query: NameQuery) -> Lookup {
        .ask(query) { if case .host(let entry) = $0 { entry } else { nil } }
    }

    /// A host's name stands for its first address.
    static func host(at text: String) throws(SocketError) -> Lookup {
        if let address = IPAddress(numeric: text) { return host(at: address) }
        return try Lookup<[AddressInfo]>.addresses(of: text, type: .stream).then { found throws(SocketError) in
            guard let address = try found.get().first?.address.ip else {
                throw SocketError(Failure(cause: .host(HostError(.hostNotFound))), .hostByAddress, .name(text))
            }
            return host(at: address)
        }
    }
}

extension Lookup<String> {
    static func text(_ query: NameQuery) -> Lookup {
        .ask(query) { if case .text(let text) = $0 { text } else { nil } }
    }

    static func fullyQualifiedName(of name: String) throws(SocketError) -> Lookup {
        let name = trimmed(name)
        guard name.isEmpty || name == "0.0.0.0" || name == "::" else { return try known(as: name) }
        return try text(.hostName).then { own throws(SocketError) in try known(as: own.get()) }
    }

    /// The name as given when nothing is known of it.
    private static func known(as name: String) throws(SocketError) -> Lookup {
        try Lookup<HostEntry>.host(at: name).then { entry throws(SocketError) in
            switch entry {
            case .success(let entry): return .known(entry.fullyQualifiedName)
            case .failure(let error) where error.isNoAnswer: throw error
            case .failure: return .known(name)
            }
        }
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}

extension Lookup<Int> {
    static func number(_ query: NameQuery) -> Lookup {
        .ask(query) { if case .number(let number) = $0 { number } else { nil } }
    }
}

extension Lookup<IPProtocol> {
    static func protocolNumber(named name: String) throws(SocketError) -> Lookup {
        try Lookup<Int>.number(.protocolByName(name)).map { IPProtocol(rawValue: Int32(truncatingIfNeeded: $0)) }
    }
}

extension Lookup<UInt16> {
    static func port(ofService name: String, _ transport: String?) throws(SocketError) -> Lookup {
        try Lookup<Int>.number(.serviceByName(name, protocol: transport)).map { UInt16(truncatingIfNeeded: $0) }
    }
}

extension Lookup<String> {
    static func serviceName(atPort port: Int, _ transport: String?) throws(SocketError) -> Lookup {
        let port = try Network.portNumber(port, .serviceByPort, .name("\(port)"))
        return text(.serviceByPort(port, protocol: transport))
    }
}

extension Lookup<[NetworkInterface]> {
    static var interfaces: Lookup {
        .ask(.interfaces) { if case .interfaces(let found) = $0 { found } else { nil } }
    }
}

extension String {
    /// Whether the C library would read it as a number, of which it keeps 16 bits: digits, perhaps after spaces and a sign.
    fileprivate var isNumberForC: Bool {
        var rest = utf8.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        if let first = rest.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy { (0x30...0x39).contains($0) }
    }
}
