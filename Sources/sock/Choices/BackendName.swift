import ArgumentParser
import Sockets

#if URing && os(Linux)
    import BackendURing
#endif

/// A backend as the command line names it: `--backend`.
enum BackendName: String, CaseIterable, ExpressibleByArgument {
    case posix
    case uring
    /// io_uring where it works, else posix.
    case automatic

    /// Those that are not one of the others.
    static let distinct: [BackendName] = [.posix, .uring]

    /// How the library makes it.
    var choice: BackendChoice { choice(threads: 1) }

    /// How the library makes it, with so many threads for awaited calls.
    func choice(threads: Int) -> BackendChoice {
        switch self {
        case .posix: .posix(threads: threads)
        case .uring: Self.uring(threads: threads)
        case .automatic: .automatic(threads: threads)
        }
    }

    private static func uring(threads: Int) -> BackendChoice {
        #if URing && os(Linux)
            .uring(URingOptions(threads: threads))
        #else
            BackendChoice { () throws(Failure) in throw Failure(.unsupported, detail: URingReport.absence) }
        #endif
    }
}
