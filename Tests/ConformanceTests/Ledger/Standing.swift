import Sockets
import TestSupport

/// How a backend's form of a call stands to Linux's own.
enum Standing: Equatable, Sendable {
    /// The same outcome as Linux's.
    case exact
    /// The same in what a program may rely on, and another in what it may not: what that is.
    case abstracted(String)
    /// It fails with that error, and why.
    case unsupported(Errno, String)
    /// Another outcome, and why.
    case divergent(String)

    /// The cell in the article.
    var text: String {
        switch self {
        case .exact: "exact"
        case .abstracted(let what): "abstracted: \(what)"
        case .unsupported(let errno, let reason): "unsupported, `\(errno.cName ?? "\(errno.rawValue)")`: \(reason)"
        case .divergent(let reason): "divergent: \(reason)"
        }
    }
}

/// The columns of the ledger.
enum LedgerColumn: CaseIterable, Sendable {
    case posix, uring, simulation

    init(_ backend: TestBackend) {
        switch backend {
        case .posix, .recordedPOSIX, .posixUnderAnEmptyFaultPlan, .fencedPOSIX: self = .posix
        #if URing
            case .uring, .uringWithoutFeatures, .uringOfWholeBuffers: self = .uring
        #endif
        case .simulation: self = .simulation
        }
    }
}
