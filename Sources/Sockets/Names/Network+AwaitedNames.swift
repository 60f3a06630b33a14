public import SocketModel

// While a task awaits a name, the system's name service is asked on one of a few threads; at most 4 look-ups run at once and 10,000
// wait, further ones fail with `outOfResources`. What is numeric is answered at once, without any of them.

extension Network {
    /// The addresses of a host and a service, in the order to try them, looked up while the task is suspended. Numbers are answered
    /// at once.
    ///
    /// - Parameter deadline: When it is to end; the look-up itself then goes on by itself, and its answer is dropped.
    /// - Throws: ``SocketError`` as the blocking form; with ``SocketError/Code/cancelled``, with ``SocketError/Code/timedOut`` when the
    ///   deadline passes, or ``SocketError/Code/wouldBlock`` when it must not wait; and with ``SocketError/Code/outOfResources`` when
    ///   10,000 look-ups wait already.
    public func addresses(
        of host: String?, service: String? = nil, family: AddressFamily = .unspecified, type: SocketType? = nil,
        protocol number: IPProtocol = .default, flags: AddressInfoFlags = [], deadline: Deadline = .never
    ) async throws(SocketError) -> [AddressInfo] {
        try await know(
            .addresses(of: host, service: service, family: family, type: type, protocol: number, flags: flags),
            until: deadline.instant { now })
    }

    /// The addresses of a host and a port, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func addresses(
        of host: String?, port: Int, family: AddressFamily = .unspecified, type: SocketType? = nil,
        protocol number: IPProtocol = .default, flags: AddressInfoFlags = [], deadline: Deadline = .never
    ) async throws(SocketError) -> [AddressInfo] {
        try await know(
            .addresses(of: host, port: port, family: family, type: type, protocol: number, flags: flags),
            until: deadline.instant { now })
    }

    /// The host's and the service's name of an address, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func name(
        of address: SocketAddress, flags: NameInfoFlags = [], deadline: Deadline = .never
    ) async throws(SocketError) -> (host: String, service: String) {
        try await know(.name(of: address, flags), until: deadline.instant { now })
    }

    /// The first IPv4 address of a host, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func ipv4Address(
        ofHost name: String, deadline: Deadline = .never
    ) async throws(SocketError) -> IPv4Address {
        try await know(.ipv4Address(ofHost: name), until: deadline.instant { now })
    }

    /// A host's primary name, other names and IPv4 addresses, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func host(named name: String, deadline: Deadline = .never) async throws(SocketError) -> HostEntry {
        try await know(.host(named: name), until: deadline.instant { now })
    }

    /// The names of an address, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func host(at address: IPAddress, deadline: Deadline = .never) async throws(SocketError) -> HostEntry {
        try await know(.host(at: address), until: deadline.instant { now })
    }

    /// The names of an address given as text, looked up while the task is suspended.
    ///
    /// - Parameter deadline: For both look-ups together, where a name has to become an address first.
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func host(at text: String, deadline: Deadline = .never) async throws(SocketError) -> HostEntry {
        try await know(.host(at: text), until: deadline.instant { now })
    }

    /// The fully qualified name of a host, looked up while the task is suspended.
    ///
    /// - Parameter deadline: For all look-ups together.
    /// - Throws: ``SocketError`` as the blocking form, and when the look-up is ended early, as
    ///   ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func fullyQualifiedName(
        of name: String = "", deadline: Deadline = .never
    ) async throws(SocketError) -> String {
        try await know(.fullyQualifiedName(of: name), until: deadline.instant { now })
    }
}

extension Network {
    /// The number of an Internet protocol, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func protocolNumber(
        named name: String, deadline: Deadline = .never
    ) async throws(SocketError) -> IPProtocol {
        try await know(.protocolNumber(named: name), until: deadline.instant { now })
    }

    /// The port of a service, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func port(
        ofService name: String, protocol transport: String? = nil, deadline: Deadline = .never
    ) async throws(SocketError) -> UInt16 {
        try await know(.port(ofService: name, transport), until: deadline.instant { now })
    }

    /// The name of the service at a port, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)``.
    public func serviceName(
        atPort port: Int, protocol transport: String? = nil, deadline: Deadline = .never
    ) async throws(SocketError) -> String {
        try await know(.serviceName(atPort: port, transport), until: deadline.instant { now })
    }
}
