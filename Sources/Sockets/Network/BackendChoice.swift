internal import BackendPOSIX
public import SocketModel

/// Who carries out a network's operations, chosen at ``Network/init(_:)``.
public struct BackendChoice: Sendable {
    let make: @Sendable () throws(Failure) -> any Backend

    /// A choice that makes its backend with `make`: the way in for a backend, or a wrapper, of your own.
    public init(_ make: @escaping @Sendable () throws(Failure) -> any Backend) { self.make = make }

    /// This machine's kernel, by blocking system calls.
    public static var posix: BackendChoice {
        BackendChoice { () throws(Failure) in try POSIXBackend() }
    }

    /// A backend that exists already.
    public static func existing(_ backend: any Backend) -> BackendChoice { BackendChoice { backend } }

    /// This choice with every operation and completion noted in `recorder`.
    public func recorded(by recorder: Recorder) -> BackendChoice {
        BackendChoice { () throws(Failure) in RecordingBackend(try make(), recorder: recorder) }
    }

    /// This choice with the operations that `faults` picks failing.
    public func injecting(_ faults: FaultPlan) -> BackendChoice {
        BackendChoice { () throws(Failure) in FaultInjectingBackend(try make(), plan: faults) }
    }
}
