/// The older queries for hosts, `gethostbyname_r(3)` and `gethostbyaddr_r(3)`, as glibc has them.
package enum HostRequest {
    package static func step(named name: String) throws(HostError) -> NameStep {
        switch IPAddress(numeric: name) {
        // Of the forms that `inet_aton` reads only those of digits and dots.
        case .v4? where name.contains { $0 != "." && !("0"..."9").contains($0) }: break
        case .v4(let address)?: return .known(.host(HostEntry(name: name, addresses: [.v4(address)])))
        case .v6?: throw HostError(.hostNotFound)
        case nil: break
        }
        return .ask(.name(name)) { result throws(Failure) in
            try entry(result) { $0.ipv4 }
        }
    }

    package static func step(at address: IPAddress) throws(HostError) -> NameStep {
        if case .v6(.any, _) = address { throw HostError(.hostNotFound) }
        return .ask(.address(address.withoutZone)) { result throws(Failure) in
            try entry(result) { $0.addresses }
        }
    }

    private static func entry(
        _ result: Result<FoundName, HostError>, _ addresses: (FoundName) -> [IPAddress]
    ) throws(Failure) -> NameAnswer {
        do throws(HostError) {
            let found = try result.get()
            let addresses = addresses(found)
            if addresses.isEmpty { throw HostError(.noData) }
            return .host(HostEntry(name: found.name, aliases: found.aliases, addresses: addresses))
        } catch {
            throw Failure(cause: .host(error))
        }
    }
}
