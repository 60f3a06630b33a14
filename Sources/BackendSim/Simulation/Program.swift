package import SocketModel

/// Something that runs on a host, started anew whenever the host is.
///
/// Sendable without check: only the thread that carries the simulation on touches it.
package final class Program: @unchecked Sendable {
    /// Starts it: on that backend and, if it is awaited, on that executor.
    package typealias Start = @Sendable (any Backend, any NetworkExecutor, Program) -> Void

    let name: String
    unowned let host: SimulatedHost
    /// Whether the run is about it: others may wait for ever.
    let isForeground: Bool
    private let begin: Start
    private var crash: (@Sendable () -> Void)?
    /// How often it was started; the end of an earlier one is nobody's concern.
    private(set) var isOver = false

    init(_ name: String, _ host: SimulatedHost, isForeground: Bool, _ begin: @escaping Start) {
        self.name = name
        self.host = host
        self.isForeground = isForeground
        self.begin = begin
    }

    func start(_ kernel: HostKernel) {
        isOver = false
        begin(SimulatedBackend(kernel), kernel, self)
    }

    /// What to do when its host crashes.
    package func whenCrashed(_ crash: @escaping @Sendable () -> Void) { self.crash = crash }

    func crashed() { crash.take()?() }

    /// It has ended, perhaps with an error.
    package func end(_ error: (any Error)?) {
        isOver = true
        crash = nil
        if let error, !host.world.isEnded {
            host.world.troubles.append(.programFailed(host: host.name, program: name, error))
        }
    }
}

extension SimulatedHost {
    /// Has a program run on this host.
    package func launch(_ name: String, inBackground: Bool, _ start: @escaping Program.Start) {
        let program = Program(name, self, isForeground: !inBackground, start)
        let launched: Void? = world.enter {
            world.programs.append(program)
            if let kernel { program.start(kernel) }
        }
        if launched == nil { _ = world.escaped(.spawn) }
    }
}
