/// A kind of socket that addresses are found for, in glibc's order.
struct SocketKind {
    let type: SocketType
    let number: IPProtocol
    /// Its name among the services' transports; nil for raw sockets, which have no services, and take any protocol.
    let transport: String?
    /// Whether it is offered to who leaves it open.
    let isUsual: Bool

    static let all = [
        SocketKind(type: .stream, number: .tcp, transport: "tcp", isUsual: true),
        SocketKind(type: .datagram, number: .udp, transport: "udp", isUsual: true),
        SocketKind(type: .dccp, number: .dccp, transport: "dccp", isUsual: false),
        SocketKind(type: .datagram, number: .udpLite, transport: "udplite", isUsual: false),
        SocketKind(type: .stream, number: .sctp, transport: "sctp", isUsual: false),
        SocketKind(type: .sequencedPacket, number: .sctp, transport: "sctp", isUsual: false),
        SocketKind(type: .raw, number: .default, transport: nil, isUsual: true),
    ]
}

/// A kind of socket, and a port for it.
struct SocketPort {
    let type: SocketType
    let number: IPProtocol
    let port: UInt16

    private init(_ kind: SocketKind, _ asked: IPProtocol, _ port: UInt16) {
        type = kind.type
        number = kind.transport == nil ? asked : kind.number
        self.port = port
    }
}

extension SocketPort {
    /// All that a query asks for, at least one.
    static func all(_ query: AddressQuery, _ services: ServiceTable) throws(ResolutionError) -> [SocketPort] {
        let service = try ServiceText(query)
        let type = query.type?.rawValue ?? 0
        guard type != 0 || query.protocol != .default else { return try open(service, services) }
        let fitting = SocketKind.all.first { kind in
            (type == 0 || type == kind.type.rawValue)
                && (query.protocol == .default || kind.transport == nil || query.protocol == kind.number)
        }
        guard let kind = fitting else { throw ResolutionError(type == 0 ? .service : .socketType) }
        if service != .none, kind.transport == nil { throw ResolutionError(.service) }
        guard let port = service.port(kind, services) else { throw ResolutionError(.service) }
        return [SocketPort(kind, query.protocol, port)]
    }

    /// All kinds that have the service; for a number, the usual ones.
    private static func open(
        _ service: ServiceText, _ services: ServiceTable
    ) throws(ResolutionError) -> [SocketPort] {
        let ports = SocketKind.all.compactMap { kind -> SocketPort? in
            guard service.isName ? kind.transport != nil : kind.isUsual else { return nil }
            return service.port(kind, services).map { SocketPort(kind, .default, $0) }
        }
        if ports.isEmpty { throw ResolutionError(.service) }
        return ports
    }
}

/// A service as a query gives it.
private enum ServiceText: Equatable {
    case none
    case number(UInt16)
    case name(String)

    init(_ query: AddressQuery) throws(ResolutionError) {
        guard let text = query.service, !text.isEmpty, text != "*" else {
            self = .none
            return
        }
        guard let number = Self.number(text) else {
            if query.flags.contains(.numericService) { throw ResolutionError(.noName) }
            self = .name(text)
            return
        }
        // As glibc: what it takes for negative is looked up as a name.
        self = number < 0 ? .name(text) : .number(UInt16(truncatingIfNeeded: number))
    }

    var isName: Bool {
        if case .name = self { true } else { false }
    }

    func port(_ kind: SocketKind, _ services: ServiceTable) -> UInt16? {
        switch self {
        case .none: 0
        case .number(let number): number
        case .name(let name): services.port(of: name, kind.transport)
        }
    }

    /// As `strtoul(3)` reads it, and an `int` holds it; nil for what is no number.
    private static func number(_ text: String) -> Int32? {
        let trimmed = text.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let sign = trimmed.first.flatMap { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") ? $0 : nil }
        let digits = sign == nil ? trimmed : trimmed.dropFirst()
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let magnitude = UInt64(String(decoding: digits, as: UTF8.self)) ?? .max
        let isNegative = sign == UInt8(ascii: "-") && magnitude != .max
        return Int32(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
    }
}
