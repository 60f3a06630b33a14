internal import Glibc
public import Sockets

/// What tests run on where the backend is a simulation.
enum SimulatedMachine {
    /// The host that the test runs on; nil outside of ``TestBackend/run(_:)``.
    @TaskLocal static var host: SimulatedHost?

    static func simulation() -> Simulation {
        var options = SimulationOptions()
        options.capturesGlobalExecutor = true
        options.fileSource = RealFiles()
        return Simulation(seed: 1, options: options)
    }
}

/// A host's backend that keeps the simulation alive as long as a network has it.
private final class KeptSimulation: BackendWrapper {
    private let simulation = SimulatedMachine.simulation()
    let base: any Backend

    init() { base = simulation.host("host").backend }
}

/// Files of this machine: what `sendFile` is given is a number of the process.
private struct RealFiles: SimulatedFileSource {
    func read(_ descriptor: Int32, _ offset: Int64, _ count: Int) throws(Errno) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let read = unsafe pread(descriptor, &bytes, count, off_t(offset))
        guard read >= 0 else { throw Errno(rawValue: errno) }
        return Array(bytes.prefix(read))
    }
}

extension BackendChoice {
    static func simulated(threads: Int) -> BackendChoice {
        if threads != 1 {
            return BackendChoice { () throws(Failure) in
                throw Failure(.unsupported, detail: "a simulated host has one executor")
            }
        }
        if let host = SimulatedMachine.host { return .existing(host.backend) }
        return BackendChoice { KeptSimulation() }
    }
}

extension TestBackend {
    /// Runs a test with a network of this backend; in a simulation as a program of a host, where everything happens in virtual time, and
    /// what the test leaves running ends with it.
    ///
    /// - Throws: What `body` throws; ``SimulationError`` when the test waits for what can never happen, or leaves the simulation.
    public func run(_ body: @escaping @concurrent @Sendable (Network) async throws -> Void) async throws {
        guard self == .simulation else { return try await body(try network()) }
        let simulation = SimulatedMachine.simulation()
        let host = simulation.host("host")
        do {
            try await SimulatedMachine.$host.withValue(host) {
                host.run("test", body)
                try await simulation.run()
            }
        } catch SimulationError.programFailed(_, _, let error) {
            throw error
        }
    }

    /// Runs a blocking test with a network of this backend; the networks it makes meanwhile are on the same machine.
    public func runBlocking(_ body: (Network) throws -> Void) throws {
        guard self == .simulation else { return try body(try network()) }
        let simulation = SimulatedMachine.simulation()
        try withExtendedLifetime(simulation) {
            try SimulatedMachine.$host.withValue(simulation.host("host")) { try body(try network()) }
        }
    }
}
