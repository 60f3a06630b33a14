internal import SocketModel

extension Network {
    /// What a socket of `family` understands by a host and a port.
    ///
    /// The classic rules: for IPv4 an empty host is any address and `<broadcast>` the broadcast address, for IPv6 neither has a meaning.
    /// Numeric text is an address by itself and never reaches a resolver; a name is the first address it resolves to.
    ///
    /// - Throws: ``SocketError`` of `operation`: ``SocketError/Code/invalidArgument`` for a port out of range,
    ///   ``SocketError/Code/invalidAddress`` for a host of another family, ``SocketError/Code/resolutionFailed``.
    func address(
        _ host: String, _ port: Int, family: AddressFamily, type: SocketType, for operation: OperationName
    ) throws(SocketError) -> SocketAddress {
        let subject = SocketError.Subject.host(host, service: "\(port)")
        let number = try Self.portNumber(port, operation, subject)
        guard family == .ipv4 || family == .ipv6 else {
            throw SocketError(
                .invalidAddress, operation, subject, detail: "a host and a port are no address of family \(family)")
        }
        if let address = try special(host, family, operation, subject) { return SocketAddress(address, port: number) }
        if let address = Self.numeric(host) {
            guard address.family == family else {
                throw SocketError(
                    Failure(cause: .resolution(ResolutionError(.addressFamily))), operation, subject)
            }
            return SocketAddress(address, port: number)
        }
        return try firstAddress(of: host, family, type, operation, subject).with(port: number)
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

    private func special(
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

    /// The address that numeric text is, also in `inet_aton`'s short, octal and hexadecimal forms.
    static func numeric(_ host: String) -> IPAddress? {
        if let address = IPAddress(host) { return address }
        guard let first = host.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            !host.utf8.contains(where: { $0 <= UInt8(ascii: " ") })
        else { return nil }
        return (try? IPv4Address(classic: host)).map { .v4($0) }
    }

    private func firstAddress(
        of host: String, _ family: AddressFamily, _ type: SocketType, _ operation: OperationName,
        _ subject: SocketError.Subject
    ) throws(SocketError) -> SocketAddress {
        do {
            let found = try addresses(of: host, family: family, type: type)
            if let first = found.first { return first.address }
        } catch {
            var error = error
            error.operation = operation
            error.subject = subject
            throw error
        }
        throw SocketError(Failure(cause: .resolution(ResolutionError(.noName))), operation, subject)
    }
}
