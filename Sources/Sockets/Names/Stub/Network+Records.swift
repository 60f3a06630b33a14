public import Layers
public import SocketModel

extension Network {
    /// The records of a name in the Domain Name System, for a network whose resolver is ``ResolverChoice/files(_:)`` or
    /// ``ResolverChoice/stub(_:)``.
    ///
    /// ```swift
    /// let network = try Network(.posix.resolving(.files()))
    /// let answer = try network.records(of: "example.org", .mx)
    /// for record in answer.records { print(record) }
    /// ```
    ///
    /// - Parameters:
    ///   - name: With a period at its end it is complete; without one the domains that the configuration names are searched, too.
    ///   - types: Up to ``DNSQuery/maximumTypes``, which are asked for at the same time.
    /// - Throws: ``SocketError`` with ``SocketError/Code/resolutionFailed``, whose cause is a ``HostError``, with
    ///   ``SocketError/Code/invalidArgument`` for what is no name, and with ``SocketError/Code/unsupported`` for another resolver.
    @available(*, noasync, message: "looking up a name may wait")
    public func records(of name: String, _ types: DNSRecordType...) throws(SocketError) -> DNSAnswer {
        try records(of: name, types)
    }

    /// The records of a name, of a list of types: as the form that names them.
    ///
    /// - Throws: ``SocketError`` as that.
    @available(*, noasync, message: "looking up a name may wait")
    public func records(of name: String, _ types: [DNSRecordType]) throws(SocketError) -> DNSAnswer {
        do throws(Failure) {
            let (backend, query) = try recordQuery(name, types)
            return try backend.wait { backend.startResolving(query, completion: $0) }
        } catch {
            throw SocketError(error, .resolve, .name(name))
        }
    }

    /// The records of a name, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the blocking form, and as ``addresses(of:service:family:type:protocol:flags:deadline:)`` when the look-up is
    ///   ended early.
    public func records(
        of name: String, _ types: DNSRecordType..., deadline: Deadline = .never
    ) async throws(SocketError) -> DNSAnswer {
        try await records(of: name, types, deadline: deadline)
    }

    /// The records of a name, of a list of types, looked up while the task is suspended.
    ///
    /// - Throws: ``SocketError`` as the form that names them.
    public func records(
        of name: String, _ types: [DNSRecordType], deadline: Deadline = .never
    ) async throws(SocketError) -> DNSAnswer {
        do throws(Failure) {
            let (backend, query) = try recordQuery(name, types)
            if Task.isCancelled { throw self.backend.cancellation }
            return try await awaitReply(until: deadline.instant { now }) {
                backend.startResolving(query, completion: $0)
            }
        } catch {
            throw SocketError(error, .resolve, .name(name))
        }
    }

    private func recordQuery(
        _ name: String, _ types: [DNSRecordType]
    ) throws(Failure) -> (StubResolvingBackend, DNSQuery) {
        if isClosed { throw .networkClosed }
        guard let backend = stubBackend else {
            throw Failure(.unsupported, detail: "this network's resolver knows no records: choose .files() or .stub")
        }
        guard 1...DNSQuery.maximumTypes ~= types.count else {
            throw Failure(.invalidArgument, detail: "1...\(DNSQuery.maximumTypes) types can be asked for at a time")
        }
        do throws(DNSNameError) {
            return (backend, try DNSQuery(parsing: name, types))
        } catch {
            throw Failure(.invalidArgument, detail: "\(error)")
        }
    }

    /// The stub resolver among the wrappers of the backend.
    private var stubBackend: StubResolvingBackend? {
        var backend: any Backend = backend
        while !(backend is StubResolvingBackend) {
            guard let wrapper = backend as? any BackendWrapper else { return nil }
            backend = wrapper.base
        }
        return backend as? StubResolvingBackend
    }
}
