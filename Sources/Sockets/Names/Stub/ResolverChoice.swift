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
    /// A stub resolver over a backend; nil for the system's.
    fileprivate func source(over base: any Backend) -> StubSource? {
        switch self {
        case .system: nil
        case .stub(let configuration): StubSource(base, configuration)
        case .files(let files): StubSource(base, following: files)
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
        if case .system = resolver { return self }
        return wrapped { base in resolver.source(over: base).map { StubResolvingBackend(base, $0) } ?? base }
    }
}

extension Network {
    /// A network of the same backend with another resolver: for one that exists already, such as a simulated host's.
    ///
    /// Each closes only what was made by it.
    public func resolving(_ resolver: ResolverChoice) -> Network {
        let base = backend.withoutStub
        return Network(existing: resolver.source(over: base).map { StubResolvingBackend(base, $0) } ?? base)
    }
}

extension Backend {
    /// What is below a stub resolver that is the outermost wrapper.
    fileprivate var withoutStub: any Backend { (self as? StubResolvingBackend)?.base ?? self }
}
