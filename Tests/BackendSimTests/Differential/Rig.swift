import BackendPOSIX
import Locks
import SocketModel
import Sockets
import TestSupport
import Testing

#if URing
    import BackendURing
#endif

/// What a program runs on beside the simulation, and is compared with: a backend of the kernel's, how its calls are made, how many hosts.
struct Rig: Hashable, Sendable, CustomTestStringConvertible {
    enum Kernel: String, CaseIterable, Sendable {
        case posix
        #if URing
            case uring, uringWithoutFeatures
        #endif
    }

    var kernel: Kernel
    var way: Way
    /// One, on loopback, or three.
    var hostCount: Int

    static let posix = Rig(kernel: .posix, way: .executed, hostCount: 1)

    /// On this machine's own network.
    static let alone = Way.allCases.flatMap { way in Kernel.allCases.map { Rig(kernel: $0, way: way, hostCount: 1) } }
    /// On hosts of a test's own.
    static let several = alone.map { Rig(kernel: $0.kernel, way: $0.way, hostCount: 3) }

    var testDescription: String { "\(kernel), \(way), \(hostCount == 1 ? "one host" : "\(hostCount) hosts")" }

    /// A ring tells what came of a connect even to who does not wait, where the system call tells that it has begun: so all wait.
    var connectsAtOnce: Bool { kernel != .posix }

    var hostNames: [String] { ["a", "b", "c"].prefix(hostCount).map { $0 } }

    /// The kernel's hosts.
    func hosts() throws -> [StageHost] {
        let backend = try kernel.backend.get()
        if hostCount == 1 { return [StageHost(backend)] }
        let hosts = try Self.kernelHosts.get()
        return (0..<hostCount).map { host in
            StageHost(backend) { body in
                (try? hosts.inside(host, body)) ?? .failure(Failure(.other, detail: "no way into a network"))
            }
        }
    }

    static var hasSeveralHosts: Bool { KernelHosts.obstacle == nil }

    private static let kernelHosts = Result { try KernelHosts(.bridge(3)) }
}

extension Rig.Kernel {
    fileprivate var backend: Result<any Backend, Failure> {
        switch self {
        case .posix: Self.posixBackend
        #if URing
            case .uring: Self.uringBackend
            case .uringWithoutFeatures: Self.plainURingBackend
        #endif
        }
    }

    private static let posixBackend = Result { () throws(Failure) -> any Backend in try POSIXBackend() }
    #if URing
        private static let uringBackend = Result { () throws(Failure) -> any Backend in try URingBackend() }
        private static let plainURingBackend = Result { () throws(Failure) -> any Backend in
            try URingBackend(URingOptions(without: .all))
        }
    #endif
}
