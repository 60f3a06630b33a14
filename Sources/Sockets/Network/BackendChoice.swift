internal import BackendPOSIX
public import SocketModel

#if URing && os(Linux)
    public import BackendURing
#endif

/// Who carries out a network's operations, chosen at ``Network/init(_:)``.
public struct BackendChoice: Sendable {
    let make: @Sendable () throws(Failure) -> any Backend
    /// Whether others may have the same backend.
    private(set) var isShared = false

    /// A choice that makes its backend with `make`: the way in for a backend, or a wrapper, of your own.
    ///
    /// A backend that others have, too, is for ``existing(_:)``.
    public init(_ make: @escaping @Sendable () throws(Failure) -> any Backend) { self.make = make }

    /// This machine's kernel, by system calls; what is awaited waits in one thread's reactor.
    public static var posix: BackendChoice { posix(threads: 1) }

    /// This machine's kernel, by system calls.
    ///
    /// - Parameter threads: How many threads, each with a reactor, share the awaited calls: 1...1024. They start with the first of them.
    public static func posix(threads: Int) -> BackendChoice {
        BackendChoice { () throws(Failure) in try POSIXBackend(threads: threads) }
    }

    #if URing && os(Linux)
        /// This machine's kernel, by `io_uring(7)`; what is awaited waits in the ring of one thread. Linux only, and with the trait `URing`,
        /// which is on by default.
        ///
        /// ``Network/init(_:)`` throws ``SocketError/Code/unsupported`` where the kernel has no io_uring that will do, or forbids it:
        /// ``automatic`` falls back to ``posix`` there.
        public static func uring(_ options: URingOptions = URingOptions()) -> BackendChoice {
            BackendChoice { () throws(Failure) in
                do throws(Failure) {
                    return try URingBackend(options)
                } catch {
                    guard error.code == .unsupported else { throw error }
                    throw Self.advised(error)
                }
            }
        }

        private static func advised(_ failure: Failure) -> Failure {
            var failure = failure
            failure.detail = (failure.detail.map { $0 + "; " } ?? "") + "choose .posix, or .automatic"
            return failure
        }
    #endif

    /// A backend that exists already.
    public static func existing(_ backend: any Backend) -> BackendChoice {
        var choice = BackendChoice { backend }
        choice.isShared = true
        return choice
    }

    /// This choice with what `wrap` makes around its backend: the way in for a ``BackendWrapper`` of your own.
    public func wrapped(_ wrap: @escaping @Sendable (any Backend) -> any Backend) -> BackendChoice {
        var choice = BackendChoice { () throws(Failure) in wrap(try make()) }
        choice.isShared = isShared
        return choice
    }

    /// This choice with every operation and completion noted in `recorder`.
    public func recorded(by recorder: Recorder) -> BackendChoice {
        wrapped { RecordingBackend($0, recorder: recorder) }
    }

    /// This choice with the operations that `faults` picks failing.
    public func injecting(_ faults: FaultPlan) -> BackendChoice {
        wrapped { FaultInjectingBackend($0, plan: faults) }
    }
}
