public import Layers
internal import SocketModel

/// Who looks up a network's names.
public enum ResolverChoice: Sendable {
    /// The backend: on the kernel's backends the C library, which blocks a thread for each look-up; in a simulation its names.
    case system
    /// A resolver of this package's own, which asks servers through the backend's sockets: it blocks no thread, and keeps answers. See
    /// ``StubResolver``.
    case stub(StubConfiguration)
    /// As ``stub(_:)``, of what a machine's files say: read at the first look-up, and again when they have changed. What is under way then ends by
    /// what they said before, and what was kept is forgotten.
    ///
    /// The files are read on the thread that looks up a name. A look-up fails when they are read for the first time and this host's name cannot be
    /// had; later what was read before counts on.
    case files(ResolverFiles = ResolverFiles())
}

extension ResolverChoice {
    /// A backend with this resolver.
    fileprivate func backend(over base: any Backend) -> any Backend {
        switch self {
        case .system: base
        case .stub(let configuration): StubResolvingBackend(base, StubSource(base, configuration))
        case .files(let files): StubResolvingBackend(base, StubSource(base, following: files))
        }
    }
}

extension BackendChoice {
    /// This choice with another resolver.
    ///
    /// ```swift
    /// let network = try Network(.automatic.resolving(.stub(.system())))
    /// ```
    public func resolving(_ resolver: ResolverChoice) -> BackendChoice {
        wrapped { resolver.backend(over: $0) }
    }
}

extension Network {
    /// A network of the same backend with another resolver: for one that exists already, such as a simulated host's.
    ///
    /// Each closes only what was made by it.
    public func resolving(_ resolver: ResolverChoice) -> Network {
        Network(existing: resolver.backend(over: backend.withoutStub))
    }
}

extension Backend {
    /// What is below a stub resolver that is the outermost wrapper.
    fileprivate var withoutStub: any Backend { (self as? StubResolvingBackend)?.base ?? self }
}
