import ArgumentParser
import Sockets

/// What a soak test runs on.
enum SoakBackend: String, CaseIterable, ExpressibleByArgument {
    case posix, uring, simulation

    /// How a network of the kernel's is made; nil for the simulation.
    func choice(threads: Int) -> BackendChoice? {
        switch self {
        case .posix: BackendName.posix.choice(threads: threads)
        case .uring: BackendName.uring.choice(threads: threads)
        case .simulation: nil
        }
    }
}
