import ArgumentParser
import Sockets

/// A backend as the command line names it: `--backend`.
enum BackendName: String, CaseIterable, ExpressibleByArgument {
    case posix

    /// How the library makes it.
    var choice: BackendChoice { choice(threads: 1) }

    /// How the library makes it, with so many threads for awaited calls.
    func choice(threads: Int) -> BackendChoice {
        switch self {
        case .posix: .posix(threads: threads)
        }
    }
}
