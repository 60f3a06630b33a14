import Sockets

#if URing && os(Linux)
    import BackendURing
#endif

/// What the io_uring backend has found on this kernel, in rows.
enum URingReport {
    /// Why there is nothing to be found in a tool without it.
    static let absence = "io_uring is not built into this sock: it needs Linux and the package trait URing"

    static var rows: [(name: String, value: String)] { [("kernel", kernel)] + findings }

    private static var kernel: String {
        let refusal = SystemFacts.ioUringRefusal.map { "refuses it: \($0) (\($0.cName ?? "errno \($0.rawValue)"))" }
        return "\(SystemFacts.release); io_uring_setup(2): the kernel \(refusal ?? "permits it")"
    }

    #if URing && os(Linux)
        private static var findings: [(name: String, value: String)] {
            do throws(Failure) {
                let features = try URingFeatures.available()
                return try [("io_uring", "works")] + rows { features.contains($0) ? "yes" : "no: \($0.substitute)" }
                    + unused()
            } catch {
                return [("io_uring", "does not work: \(SocketError(error, .makeNetwork))")]
                    + rows { _ in "no: the posix backend does without" }
            }
        }

        private static func unused() throws(Failure) -> [(name: String, value: String)] {
            try URingUnused.all().map { ($0.name, "\($0.isThere ? "there" : "missing"), not used: \($0.reason)") }
        }

        private static func rows(_ value: (URingFeatures) -> String) -> [(name: String, value: String)] {
            URingFeatures.allCases.map { ($0.names.joined(), value($0)) }
        }
    #else
        private static var findings: [(name: String, value: String)] { [("io_uring", absence)] }
    #endif
}

#if URing && os(Linux)
    extension URingFeatures {
        /// What the backend does where the kernel lacks this one feature.
        fileprivate var substitute: String {
            switch self {
            case .deferredWork: "each completion interrupts the thread that owns the ring"
            case .multishotReceive: "receives wait for readiness, each in a request of its own"
            case .zeroCopySend: "sends are copied, whatever the options say"
            case .incrementalBuffers: "each receive uses up a whole buffer until its bytes are let go"
            case .acceptWhenReady: "an accept looks before it waits"
            default: "the backend does without"
            }
        }
    }
#endif
