import ArgumentParser
import Sockets

/// A backend as the command line names it: `--backend`.
enum BackendName: String, CaseIterable, ExpressibleByArgument {
    case posix

    /// How the library makes it.
    var choice: BackendChoice {
        switch self {
        case .posix: .posix
        }
    }
}
