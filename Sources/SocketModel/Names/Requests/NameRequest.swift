/// A query for the names of an address: `getnameinfo(3)` as glibc has it.
package struct NameRequest {
    private let address: SocketAddress
    private let flags: NameInfoFlags
    private let service: String
    /// Where it is asked.
    private let local: any LocalHost

    private static let knownFlags: NameInfoFlags = [
        .numericHost, .numericService, .localNameOnly, .nameRequired, .datagram, .internationalName,
        .idnAllowUnassigned, .idnUseSTD3ASCIIRules,
    ]

    package init(
        _ address: SocketAddress, _ flags: NameInfoFlags, on local: any LocalHost, _ services: ServiceTable
    ) throws(ResolutionError) {
        guard flags.isSubset(of: Self.knownFlags) else { throw ResolutionError(.badFlags) }
        self.address = address
        self.flags = flags
        self.local = local
        service = Self.service(of: address, flags, services)
    }

    /// The answer, or the question it takes.
    package func step() throws(ResolutionError) -> NameStep {
        guard let ip = address.ip else { return .known(try unix()) }
        if flags.contains(.numericHost) { return .known(try checked(try numeric(ip))) }
        return .ask(.address(ip.withoutZone)) { result throws(Failure) in
            do throws(ResolutionError) {
                return try checked(try name(result, ip))
            } catch {
                throw Failure(cause: .resolution(error))
            }
        }
    }

    private func name(_ result: Result<FoundName, HostError>, _ ip: IPAddress) throws(ResolutionError) -> String {
        switch result {
        case .success(let found): return shortened(found.name)
        case .failure(let error) where error.code == .tryAgain: throw ResolutionError(.tryAgain)
        case .failure: return try numeric(ip)
        }
    }

    /// Without the domain, if that is this host's, too, and only the rest is asked for.
    private func shortened(_ name: String) -> String {
        let hostName = local.hostName
        guard flags.contains(.localNameOnly), let period = hostName.firstIndex(of: ".") else { return name }
        let domain = hostName[period...]
        return name.hasSuffix(domain) && name.utf8.count > domain.utf8.count
            ? String(name.dropLast(domain.count)) : name
    }

    private func numeric(_ ip: IPAddress) throws(ResolutionError) -> String {
        if flags.contains(.nameRequired) { throw ResolutionError(.noName) }
        guard case .v6(let number, .index(let index)?) = ip else { return ip.description }
        if index == 0 { return number.description }
        let name = number.isOfOneLink ? local.interfaceName(at: index) : nil
        return "\(number)%\(name ?? "\(index)")"
    }

    /// The name of a UNIX socket's host is this one's.
    private func unix() throws(ResolutionError) -> NameAnswer {
        guard address.family == .unix else { throw ResolutionError(.family) }
        if flags.contains(.numericHost), flags.contains(.nameRequired) { throw ResolutionError(.noName) }
        return try checked(flags.contains(.numericHost) ? "localhost" : local.hostName)
    }

    private static func service(
        of address: SocketAddress, _ flags: NameInfoFlags, _ services: ServiceTable
    ) -> String {
        if case .unix(let address) = address {
            return address.kind == .path ? String(decoding: address.bytes, as: UTF8.self) : ""
        }
        let port = address.port ?? 0
        let transport = flags.contains(.datagram) ? "udp" : "tcp"
        let name = flags.contains(.numericService) ? nil : services.name(at: port, transport)
        return name ?? "\(port)"
    }

    /// Both as far as C's memory holds them.
    private func checked(_ host: String) throws(ResolutionError) -> NameAnswer {
        guard host.utf8.count < NameInfoLimits.host, service.utf8.count < NameInfoLimits.service else {
            throw ResolutionError(.overflow)
        }
        return .name(host: host, service: service)
    }
}
