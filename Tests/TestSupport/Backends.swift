public import Sockets

/// A way to run a program, by name, so that it can travel into a child process.
public enum TestBackend: String, CaseIterable, Codable, Sendable, CustomStringConvertible {
    case posix
    case recordedPOSIX
    case posixUnderAnEmptyFaultPlan

    /// The choice to make a network with.
    public var choice: BackendChoice {
        switch self {
        case .posix: .posix
        case .recordedPOSIX: .posix.recorded(by: Recorder(capacity: 16))
        case .posixUnderAnEmptyFaultPlan: .posix.injecting(FaultPlan())
        }
    }

    /// A new network.
    public func network() throws(SocketError) -> Network { try Network(choice) }

    /// The backend and what wraps it.
    public var description: String { rawValue }
}

/// The one list of backends that every conformance test runs over.
public enum Backends {
    /// All of them.
    public static let all = TestBackend.allCases
}

extension Deadline {
    /// A safety net: nothing here takes that long unless it hangs. Tests that block share few threads with those that await, which may have
    /// to wait for them to begin.
    public static var net: Deadline { .within(.seconds(300)) }
}
