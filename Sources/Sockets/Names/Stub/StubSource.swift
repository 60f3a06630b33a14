internal import Layers
internal import Locks
internal import SocketModel
internal import SystemSockets

/// What a stub resolver is told, and who answers by it: for good, or until the files have changed that it is read from.
final class StubSource: Sendable {
    /// What it is told at present.
    struct Present: Sendable {
        let answers: LocalAnswers
        /// Starts with the first look-up that has to ask. One that is replaced goes when its look-ups are over.
        var driver: StubDriver?
    }

    private struct State {
        var present: Present
        var version: [SystemFile.Version?] = []
        /// Until when it is trusted.
        var end = NetworkInstant.distantFuture
    }

    private let base: any Backend
    private let files: ResolverFiles?
    private let state: Lock<State>

    init(_ base: any Backend, _ configuration: StubConfiguration) {
        self.base = base
        files = nil
        state = Lock(State(present: Self.present(configuration, base)))
    }

    init(_ base: any Backend, following files: ResolverFiles) {
        self.base = base
        self.files = files
        state = Lock(State(present: Self.present(StubConfiguration(), base), end: .distantPast))
    }

    private static func present(_ configuration: StubConfiguration, _ base: any Backend) -> Present {
        Present(answers: LocalAnswers(BackendHost(base: base), configuration), driver: nil)
    }

    /// What is answered without asking.
    ///
    /// - Throws: ``Failure`` when the files cannot be read for the first time.
    func answers() throws(Failure) -> LocalAnswers {
        try state.withLock { state throws(Failure) in
            try refresh(&state)
            return state.present.answers
        }
    }

    /// Who asks servers.
    ///
    /// - Throws: ``Failure`` as ``answers()``, and when the backend's executors cannot start.
    func driver() throws(Failure) -> StubDriver {
        let found = try state.withLock { state throws(Failure) in
            try refresh(&state)
            return state.present.driver
        }
        if let found { return found }
        // Not with the lock: who starts executors may wait.
        guard let executor = try base.executors().first else { throw Failure(.unsupported) }
        return state.withLock { state in
            // Another thread may have been faster.
            if let driver = state.present.driver { return driver }
            let resolver = StubResolver(state.present.answers, generator: BackendGenerator(base: base))
            let driver = StubDriver(base, executor, resolver)
            state.present.driver = driver
            return driver
        }
    }

    /// Reads the files again if one has changed, and it was not looked just now.
    private func refresh(_ state: inout State) throws(Failure) {
        guard let files else { return }
        let now = base.now
        guard now >= state.end else { return }
        state.end = now.advanced(by: max(files.trust, .zero))
        // What changes between this and the reading is seen the next time.
        let version = files.version
        guard version != state.version else { return }
        do throws(SocketError) {
            state.present = Self.present(try files.read(), base)
            state.version = version
        } catch {
            // What is known goes on to count, if something is.
            guard state.version.isEmpty else { return }
            state.end = .distantPast
            throw Failure(error.code, detail: "the resolver's files cannot be read")
        }
    }
}

/// What a host knows of itself, by its backend.
private struct BackendHost: LocalHost {
    let base: any Backend

    var hostName: String {
        if case .text(let name)? = try? base.resolve(.hostName) { name } else { "" }
    }

    func interfaceIndex(of name: String) -> UInt32? {
        if case .number(let index)? = try? base.resolve(.interfaceIndex(name)) { UInt32(exactly: index) } else { nil }
    }

    func interfaceName(at index: UInt32) -> String? {
        if case .text(let name)? = try? base.resolve(.interfaceName(index)) { name } else { nil }
    }
}

/// The backend's random bytes as numbers.
private struct BackendGenerator: RandomNumberGenerator, Sendable {
    let base: any Backend

    mutating func next() -> UInt64 {
        var number: UInt64 = 0
        unsafe withUnsafeMutableBytes(of: &number) { unsafe base.fillRandom($0) }
        return number
    }
}
