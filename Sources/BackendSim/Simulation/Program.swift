package import SocketModel

/// Something that runs on a host, started anew whenever the host is.
final class Program {
    let name: String
    /// Whether a simulation's run is about it: others may wait for ever.
    let isForeground: Bool
    unowned let host: SimulatedHost
    private let begin: ProgramRun.Start
    private var run: ProgramRun?

    init(_ name: String, _ host: SimulatedHost, isForeground: Bool, _ begin: @escaping ProgramRun.Start) {
        self.name = name
        self.host = host
        self.isForeground = isForeground
        self.begin = begin
    }

    /// Whether it runs, or has run, and is not done.
    var isPending: Bool { run?.isOver == false }

    func start(_ kernel: HostKernel) {
        let run = ProgramRun(self)
        self.run = run
        begin(SimulatedBackend(kernel), kernel, run)
    }

    /// Its host has crashed: what becomes of it is of no interest any more.
    func crash() {
        run?.crash()
        run = nil
    }
}

/// One run of a program, from a start of its host to the end, or the host's crash.
///
/// Sendable without check: only the thread that carries the simulation on touches it.
package final class ProgramRun: @unchecked Sendable {
    /// Starts a run: on that backend and, if it is awaited, on that executor.
    package typealias Start = @Sendable (any Backend, any NetworkExecutor, ProgramRun) -> Void

    private var program: Program?
    private var crashHandler: (@Sendable () -> Void)?
    private(set) var isOver = false

    init(_ program: Program) { self.program = program }

    /// What to do when the host crashes.
    package func whenCrashed(_ handler: @escaping @Sendable () -> Void) { crashHandler = handler }

    func crash() {
        program = nil
        crashHandler.take()?()
    }

    /// The run has ended, perhaps with an error.
    package func end(_ error: (any Error)?) {
        isOver = true
        crashHandler = nil
        guard let program, let error, !program.host.world.isEnded else { return }
        program.host.world.note(.change("\(program.name) fails: \(error)", host: program.host.number))
        program.host.world.troubles.append(
            .programFailed(host: program.host.name, program: program.name, error))
    }
}

extension SimulatedHost {
    /// Has a program run on this host.
    package func launch(_ name: String, inBackground: Bool, _ start: @escaping ProgramRun.Start) {
        let program = Program(name, self, isForeground: !inBackground, start)
        let launched: Void? = world.enter {
            programs.append(program)
            if let kernel { program.start(kernel) }
        }
        if launched == nil { _ = world.escaped(.spawn) }
    }
}
