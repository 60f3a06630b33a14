/// A query for addresses, checked: `getaddrinfo(3)` as glibc has it.
package struct AddressRequest {
    private let query: AddressQuery
    private let ports: [SocketPort]
    private let local: any LocalHost
    private let order: ([IPAddress]) -> [IPAddress]
    /// The host's name or address; nil for none.
    private let host: String?

    private static let knownFlags: AddressInfoFlags = [
        .passive, .canonicalName, .numericHost, .ipv4Mapped, .all, .configuredFamiliesOnly, .internationalName,
        .canonicalInternationalName, .idnAllowUnassigned, .idnUseSTD3ASCIIRules, .numericService,
    ]

    /// - Parameter order: In which order to try addresses.
    package init(
        _ query: AddressQuery, on local: any LocalHost, _ services: ServiceTable,
        order: @escaping ([IPAddress]) -> [IPAddress] = { $0 }
    ) throws(ResolutionError) {
        self.query = query
        self.local = local
        self.order = order
        host = query.host == "*" ? nil : query.host
        if host == nil, query.service == nil || query.service == "*" { throw ResolutionError(.noName) }
        guard query.flags.isSubset(of: Self.knownFlags), host != nil || !query.flags.contains(.canonicalName) else {
            throw ResolutionError(.badFlags)
        }
        guard [.unspecified, .ipv4, .ipv6].contains(query.family) else { throw ResolutionError(.family) }
        ports = try SocketPort.all(query, services)
    }

    /// The answer, or the question it takes.
    package func step() throws(ResolutionError) -> NameStep {
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
            let index = try zone.map { zone throws(ResolutionError) in try self.index(of: zone, number) } ?? 0
            if query.family == .ipv4 { return address.unmapped }
            return .v6(number, zone: index == 0 ? nil : .index(index))
        }
    }

    /// Only an address of one link may have an interface's name for its zone.
    private func index(of zone: Zone, _ address: IPv6Address) throws(ResolutionError) -> UInt32 {
        switch zone {
        case .index(let index): return index
        case .name(let name):
            guard address.isOfOneLink, let index = local.interfaceIndex(of: name.description) else {
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
            fitting = found.addresses.filter { isMapped || $0.family == .ipv6 }.map(\.mapped)
        default: fitting = found.addresses
        }
        if fitting.isEmpty { throw HostError(.noData) }
        return fitting
    }

    /// Each address with each kind of socket; the first has the canonical name.
    private func answer(_ found: [IPAddress], host: String?) -> NameAnswer {
        var infos: [AddressInfo] = []
        for address in order(found) {
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
        case .noRecovery: self.init(.failure)
        default: self.init(.noName)
        }
    }
}

extension IPv6Address {
    /// Whether it means another thing on another link.
    var isOfOneLink: Bool { isLinkLocal || multicastScope == .linkLocal }
}
