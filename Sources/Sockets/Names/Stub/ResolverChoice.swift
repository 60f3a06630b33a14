public import Layers
public import SocketModel
internal import SystemSockets

/// Who looks up a network's names.
public enum ResolverChoice: Sendable {
    /// The backend: on the kernel's backends the C library, which blocks a thread for each look-up; in a simulation its names.
    case system
    /// A resolver of this package's own, which asks servers through the backend's sockets: it blocks no thread, and keeps answers. See
    /// ``StubResolver``.
    case stub(StubConfiguration)
}

extension BackendChoice {
    /// This choice with another resolver.
    ///
    /// ```swift
    /// let network = try Network(.automatic.resolving(.stub(.system())))
    /// ```
    public func resolving(_ resolver: ResolverChoice) -> BackendChoice {
        switch resolver {
        case .system: self
        case .stub(let configuration): wrapped { StubResolvingBackend($0, configuration) }
        }
    }
}

extension Network {
    /// A network of the same backend with another resolver: for one that exists already, such as a simulated host's.
    ///
    /// Each closes only what was made by it.
    public func resolving(_ resolver: ResolverChoice) -> Network {
        switch resolver {
        case .system: Network(existing: backend.withoutStub)
        case .stub(let configuration): Network(existing: StubResolvingBackend(backend.withoutStub, configuration))
        }
    }
}

extension Backend {
    /// What is below a stub resolver that is the outermost wrapper.
    fileprivate var withoutStub: any Backend { (self as? StubResolvingBackend)?.base ?? self }
}

extension StubConfiguration {
    /// What this machine's files say, as they are now: `/etc/resolv.conf`, `/etc/hosts`, `/etc/services` and `/etc/nsswitch.conf`, each up to
    /// 16 MiB. A file that is not there, or cannot be read, is as an empty one.
    ///
    /// - Throws: ``SocketError`` when this host's name cannot be had.
    public static func system() throws(SocketError) -> StubConfiguration {
        let hostName: String
        do throws(Failure) {
            guard case .text(let name) = try SystemNames.answer(.hostName) else { throw Failure(.other) }
            hostName = name
        } catch {
            throw SocketError(error, .hostName)
        }
        let services = SystemFile.read("/etc/services")
        return StubConfiguration(
            resolver: ResolverConfiguration(parsing: SystemFile.read("/etc/resolv.conf"), hostName: hostName),
            hosts: HostsFile(parsing: SystemFile.read("/etc/hosts")),
            services: services.isEmpty ? nil : ServicesFile(parsing: services),
            order: NameServiceSwitch(parsing: SystemFile.read("/etc/nsswitch.conf")))
    }
}
