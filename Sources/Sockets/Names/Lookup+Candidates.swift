internal import SocketModel

extension Lookup<[AddressInfo]> {
    /// The addresses to try, in order, for a host and a port.
    ///
    /// An empty host is this one: every address of it to listen at, its loopback addresses to connect to, IPv6 first. Numeric text is an
    /// address by itself. Only names reach the resolver.
    static func candidates(
        _ host: String, _ port: Int, _ type: SocketType, _ purpose: OperationName, family: AddressFamily
    ) throws(SocketError) -> Lookup {
        let subject = SocketError.Subject.host(host, service: "\(port)")
        let number = try Network.portNumber(port, purpose, subject)
        guard let numeric = numericCandidates(host, purpose) else {
            return try addresses(
                of: host, service: "\(number)", family: family, type: type, flags: flags(for: purpose))
        }
        let fitting = numeric.filter { family == .unspecified || $0.family == family }
        guard !fitting.isEmpty else {
            throw SocketError(.invalidAddress, purpose, subject, detail: "the address is none of family \(family)")
        }
        return .known(
            fitting.map {
                AddressInfo(family: $0.family, type: type, protocol: .default, address: SocketAddress($0, port: number))
            })
    }

    private static func flags(for purpose: OperationName) -> AddressInfoFlags { purpose == .bind ? .passive : [] }

    /// Nil for a name.
    private static func numericCandidates(_ host: String, _ purpose: OperationName) -> [IPAddress]? {
        guard host.isEmpty else { return IPAddress(numeric: host).map { [$0] } }
        return purpose == .bind
            ? [.v6(.any, zone: nil), .v4(.any)] : [.v6(.loopback, zone: nil), .v4(.loopback)]
    }

    /// The addresses to try, in order, for an endpoint's text.
    static func candidates(
        _ endpoint: String, _ type: SocketType, _ purpose: OperationName, family: AddressFamily = .unspecified
    ) throws(SocketError) -> Lookup {
        if endpoint.hasPrefix("unix:") { return .known([try unixCandidate(endpoint, type, purpose, family)]) }
        let pair: HostPort
        do throws(AddressError) {
            pair = try HostPort(parsing: endpoint)
        } catch {
            throw SocketError(Failure(cause: .address(error)), purpose, .name(endpoint))
        }
        switch pair.port {
        case .number(let port): return try candidates(pair.host, Int(port), type, purpose, family: family)
        case .service(let name):
            return try addresses(
                of: pair.host, service: name.description, family: family, type: type, flags: flags(for: purpose))
        }
    }

    private static func unixCandidate(
        _ endpoint: String, _ type: SocketType, _ purpose: OperationName, _ family: AddressFamily
    ) throws(SocketError) -> AddressInfo {
        let address: SocketAddress
        do throws(AddressError) {
            address = try SocketAddress(parsing: endpoint)
        } catch {
            throw SocketError(Failure(cause: .address(error)), purpose, .name(endpoint))
        }
        guard address != .unix(.unnamed) else {
            throw SocketError(.invalidAddress, purpose, .name(endpoint), detail: "a path or a name must follow unix:")
        }
        guard family == .unspecified || family == .unix else {
            throw SocketError(
                .invalidAddress, purpose, .name(endpoint), detail: "the endpoint is none of family \(family)")
        }
        return AddressInfo(family: .unix, type: type, protocol: .default, address: address)
    }
}

/// Addresses that are tried in order until one will do.
struct Attempts {
    private var left: ArraySlice<AddressInfo>
    private var present: AddressInfo?
    private var errors: [SocketError] = []

    /// Of the last attempt, with those before.
    var error: SocketError {
        SocketError(lastOf: errors) ?? SocketError(Failure(cause: .resolution(ResolutionError(.noName))), .resolve)
    }

    init(_ candidates: [AddressInfo]) { left = candidates[...] }

    /// The next to be tried, if any is.
    mutating func next() -> AddressInfo? {
        present = left.popFirst()
        return present
    }

    /// The present attempt has failed. What ended that, and not the address, would end the next as well.
    mutating func failed(_ error: SocketError) {
        errors.append(error)
        switch error.code {
        case .closed, .cancelled, .blockingOnExecutor: left = []
        // Any address means IPv4's alone where there is no IPv6, or none is allowed, but not where another has the port.
        case .addressInUse: if case .ipv6(.any, _, _, _)? = present?.address { left = [] }
        default: break
        }
    }
}

extension Network {
    /// The result for the first candidate that gives one; the error of the last when none does.
    func first<R>(
        of candidates: [AddressInfo], _ attempt: (AddressInfo) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        var attempts = Attempts(candidates)
        while let candidate = attempts.next() {
            do throws(SocketError) {
                return try attempt(candidate)
            } catch {
                attempts.failed(error)
            }
        }
        throw attempts.error
    }

    /// As the blocking form, while the task is suspended.
    func first<R>(
        of candidates: [AddressInfo], _ attempt: (AddressInfo) async throws(SocketError) -> R
    ) async throws(SocketError) -> R {
        var attempts = Attempts(candidates)
        while let candidate = attempts.next() {
            do throws(SocketError) {
                return try await attempt(candidate)
            } catch {
                attempts.failed(error)
            }
        }
        throw attempts.error
    }
}
