internal import SocketModel

/// A query for addresses, checked: `getaddrinfo(3)` as glibc has it.
struct AddressRequest {
    private let query: AddressQuery
    private let ports: [SocketPort]
    private let addresses: HostAddresses
    /// The host's name or address; nil for none.
    private let host: String?

    private static let knownFlags: AddressInfoFlags = [
        .passive, .canonicalName, .numericHost, .ipv4Mapped, .all, .configuredFamiliesOnly, .internationalName,
        .canonicalInternationalName, .idnAllowUnassigned, .idnUseSTD3ASCIIRules, .numericService,
    ]

    init(
        _ query: AddressQuery, of addresses: HostAddresses, _ services: ServiceTable
    ) throws(ResolutionError) {
        self.query = query
        self.addresses = addresses
        host = query.host == "*" ? nil : query.host
        if host == nil, query.service == nil || query.service == "*" { throw ResolutionError(.noName) }
        guard query.flags.isSubset(of: Self.knownFlags), host != nil || !query.flags.contains(.canonicalName) else {
            throw ResolutionError(.badFlags)
        }
        // `AI_ADDRCONFIG` leaves out no family: every host has addresses of both.
        guard [.unspecified, .ipv4, .ipv6].contains(query.family) else { throw ResolutionError(.family) }
        ports = try SocketPort.all(query, services)
    }

    /// The answer, or the question it takes.
    func step() throws(ResolutionError) -> NameStep {
        guard let host else { return .known(answer(own, host: nil)) }
        if query.flags.contains(.internationalName), !host.utf8.allSatisfy({ $0 < 0x80 }) {
            // As glibc on a machine without libidn2.
            throw ResolutionError(.idnEncoding)
        }
        if let address = try numeric(host) { return .known(answer([address], host: host)) }
        if query.flags.contains(.numericHost) { throw ResolutionError(.noName) }
        return .ask(.name(host)) { result throws(Failure) in
            do throws(HostError) {
                let found = try result.get()
                return answer(try fitting(found), host: found.name)
            } catch {
                throw Failure(cause: .resolution(ResolutionError(error)))
            }
        }
    }

    /// The addresses of no host: to listen at, or to reach this one.
    private var own: [IPAddress] {
        let isPassive = query.flags.contains(.passive)
        let all: [IPAddress] = [.v6(isPassive ? .any : .loopback), .v4(isPassive ? .any : .loopback)]
        return all.filter { query.family == .unspecified || query.family == $0.family }
    }

    /// The address that a numeric host is; nil for a name.
    private func numeric(_ host: String) throws(ResolutionError) -> IPAddress? {
        guard let address = IPAddress(numeric: host) else { return nil }
        switch address {
        case .v4:
            if query.family != .ipv6 { return address }
            guard query.flags.contains(.ipv4Mapped) else { throw ResolutionError(.addressFamily) }
            return address.mapped
        case .v6(let number, let zone):
            if query.family == .ipv4, !number.isV4Mapped { throw ResolutionError(.addressFamily) }
            let index = try zone.map { zone throws(ResolutionError) in try Self.index(zone, number) } ?? 0
            if query.family == .ipv4 { return address.unmapped }
            return .v6(number, zone: index == 0 ? nil : .index(index))
        }
    }

    /// Only an address of one link may have an interface's name for its zone.
    private static func index(_ zone: Zone, _ address: IPv6Address) throws(ResolutionError) -> UInt32 {
        switch zone {
        case .index(let index): return index
        case .name(let name):
            guard address.isOfOneLink, let index = HostAddresses.index(ofInterface: name.description) else {
                throw ResolutionError(.noName)
            }
            return index
        }
    }

    /// Those of a name's addresses that were asked for.
    private func fitting(_ found: FoundName) throws(HostError) -> [IPAddress] {
        let fitting: [IPAddress]
        switch query.family {
        case .ipv4: fitting = found.ipv4
        case .ipv6:
            let isMapped = query.flags.contains(.ipv4Mapped) && (found.ipv6.isEmpty || query.flags.contains(.all))
            fitting = found.ipv6 + (isMapped ? found.ipv4.map(\.mapped) : [])
        default: fitting = found.ipv6 + found.ipv4
        }
        if fitting.isEmpty { throw HostError(.noData) }
        return fitting
    }

    /// Each address with each kind of socket; the first has the canonical name.
    private func answer(_ found: [IPAddress], host: String?) -> NameAnswer {
        var infos: [AddressInfo] = []
        for address in addresses.sorted(found) {
            for port in ports {
                infos.append(
                    AddressInfo(
                        family: address.family, type: port.type, protocol: port.number,
                        address: SocketAddress(address, port: port.port)))
            }
        }
        if query.flags.contains(.canonicalName) { infos[0].canonicalName = host }
        return .addresses(infos)
    }
}

extension ResolutionError {
    /// The same of an address look-up.
    fileprivate init(_ error: HostError) {
        switch error.code {
        case .tryAgain: self.init(.tryAgain)
        case .noData: self.init(.noData)
        default: self.init(.noName)
        }
    }
}

extension IPv6Address {
    /// Whether it means another thing on another link.
    var isOfOneLink: Bool { isLinkLocal || multicastScope == .linkLocal }
}

extension HostAddresses {
    static func index(ofInterface name: String) -> UInt32? { interfaces.first { $0.name == name }?.index }
    static func name(ofInterface index: UInt32) -> String? { interfaces.first { $0.index == index }?.name }
}

extension HostAddresses {
    /// The order in which to try them. The longest common prefix does not count: all hosts are on one link.
    fileprivate func sorted(_ addresses: [IPAddress]) -> [IPAddress] {
        let candidates = addresses.map { address in
            let plain = address.unmapped
            return DestinationCandidate(address, from: reaches(plain) ? source(to: plain) : nil)
        }
        return AddressSelection(policy: .glibc, comparesPrefixes: false).sorted(candidates).map(\.destination)
    }

    /// Whether a way leads there.
    private func reaches(_ address: IPAddress) -> Bool {
        address.isLoopback || address.isAny || contains(address) || address.isMulticast || Fabric.isOnLink(address)
    }
}
