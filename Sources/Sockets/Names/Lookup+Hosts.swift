internal import SocketModel

extension Lookup<SocketAddress> {
    /// What a socket of `family` understands by a host and a port.
    ///
    /// The classic rules: for IPv4 an empty host is any address and `<broadcast>` the broadcast address, for IPv6 neither has a meaning.
    /// Numeric text is an address by itself and never reaches a resolver; a name is the first address it resolves to.
    ///
    /// - Throws: ``SocketError`` of `operation`: ``SocketError/Code/invalidArgument`` for a port out of range,
    ///   ``SocketError/Code/invalidAddress`` for a host of another family, ``SocketError/Code/resolutionFailed``.
    static func address(
        _ host: String, _ port: Int, family: AddressFamily, type: SocketType, for operation: OperationName
    ) throws(SocketError) -> Lookup {
        let subject = SocketError.Subject.host(host, service: "\(port)")
        let number = try Network.portNumber(port, operation, subject)
        guard family == .ipv4 || family == .ipv6 else {
            throw SocketError(
                .invalidAddress, operation, subject, detail: "a host and a port are no address of family \(family)")
        }
        if let address = try special(host, family, operation, subject) {
            return .known(SocketAddress(address, port: number))
        }
        if let address = IPAddress(numeric: host) {
            guard address.family == family else {
                throw SocketError(
                    Failure(cause: .resolution(ResolutionError(.addressFamily))), operation, subject)
            }
            return .known(SocketAddress(address, port: number))
        }
        return try first(of: .addresses(of: host, family: family, type: type), operation, subject)
            .map { $0.with(port: number) }
    }

    private static func special(
        _ host: String, _ family: AddressFamily, _ operation: OperationName, _ subject: SocketError.Subject
    ) throws(SocketError) -> IPAddress? {
        guard host.isEmpty || host == "<broadcast>" else { return nil }
        guard family == .ipv4 else {
            throw SocketError(
                .invalidAddress, operation, subject,
                detail: host.isEmpty
                    ? "an empty host means nothing for IPv6, write ::" : "IPv6 has no broadcast, use a multicast group")
        }
        return .v4(host.isEmpty ? .any : .broadcast)
    }

    /// The first address, or the failure in the words of the operation it is for.
    private static func first(
        of addresses: Lookup<[AddressInfo]>, _ operation: OperationName, _ subject: SocketError.Subject
    ) throws(SocketError) -> Lookup {
        try addresses.then { found throws(SocketError) in
            switch found {
            case .success(let found):
                if let first = found.first { return .known(first.address) }
                throw SocketError(Failure(cause: .resolution(ResolutionError(.noName))), operation, subject)
            case .failure(var error):
                error.operation = operation
                error.subject = subject
                throw error
            }
        }
    }
}

extension Network {
    /// What a socket of `family` understands by a host and a port: as `Lookup.address` says.
    func address(
        _ host: String, _ port: Int, family: AddressFamily, type: SocketType, for operation: OperationName
    ) throws(SocketError) -> SocketAddress {
        try know(.address(host, port, family: family, type: type, for: operation))
    }

    /// As the blocking form, while the task is suspended.
    func address(
        _ host: String, _ port: Int, family: AddressFamily, type: SocketType, for operation: OperationName,
        until deadline: NetworkInstant = .distantFuture
    ) async throws(SocketError) -> SocketAddress {
        try await know(.address(host, port, family: family, type: type, for: operation), until: deadline)
    }

    /// The port, when it is one.
    ///
    /// - Throws: ``SocketError`` of `operation`, with ``SocketError/Code/invalidArgument``.
    static func portNumber(
        _ port: Int, _ operation: OperationName, _ subject: SocketError.Subject
    ) throws(SocketError) -> UInt16 {
        guard let number = UInt16(exactly: port) else {
            throw SocketError(
                .invalidArgument, operation, subject, detail: "a port must be in 0...65535, which \(port) is not")
        }
        return number
    }
}
