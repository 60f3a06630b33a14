public import SocketModel
internal import Synchronization
internal import SystemSockets

#if URing && os(Linux)
    internal import BackendURing
#endif

extension BackendChoice {
    /// io_uring where it is built in and the kernel has it, else ``posix``; what is awaited waits in one thread. A fallback is said on
    /// standard error: see ``automatic(threads:onFallback:)``.
    public static var automatic: BackendChoice { automatic(threads: 1) }

    /// io_uring where it is built in and the kernel has it, else ``posix(threads:)``.
    ///
    /// ``Network/init(_:)`` falls back when io_uring is ``SocketError/Code/unsupported`` here, or has not the locked memory
    /// (`RLIMIT_MEMLOCK`) that an executor's ring takes, and for no other reason: it throws what else goes wrong, such as
    /// ``SocketError/Code/tooManyDescriptors``. Which it was, ``Network/backendName`` says. Without the trait
    /// `URing`, and on other systems than Linux, this is ``posix(threads:)``, and there is nothing to say.
    ///
    /// - Parameters:
    ///   - threads: How many threads share the awaited calls: 1...1024. They start with the first of them.
    ///   - onFallback: Called with the reason each time that a network falls back, by the thread that makes it, before it has it. If nil,
    ///     the first fallback of the process writes a line to standard error.
    public static func automatic(
        threads: Int, onFallback: (@Sendable (Failure) -> Void)? = nil
    ) -> BackendChoice {
        #if URing && os(Linux)
            let uring = BackendChoice { () throws(Failure) in
                let backend = try URingBackend(URingOptions(threads: threads))
                try backend.checkExecutors()
                return backend
            }
            return uring.whereSupported(else: .posix(threads: threads), onFallback ?? FallbackNotice.process.give)
        #else
            return .posix(threads: threads)
        #endif
    }

    /// This choice; where its backend is unsupported, another, and `onFallback` hears why.
    func whereSupported(
        else other: BackendChoice, _ onFallback: @escaping @Sendable (Failure) -> Void
    ) -> BackendChoice {
        BackendChoice { () throws(Failure) in
            do throws(Failure) {
                return try make()
            } catch {
                guard error.code == .unsupported else { throw error }
                let backend = try other.make()
                onFallback(error)
                return backend
            }
        }
    }
}

/// The line that says that io_uring is not used: once, however many networks fall back.
final class FallbackNotice: Sendable {
    static let process = FallbackNotice { StandardError.write(line: $0) }

    private let isGiven = Atomic(false)
    private let write: @Sendable (String) -> Void

    init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    func give(_ failure: Failure) {
        guard !isGiven.exchange(true, ordering: .relaxed) else { return }
        let reason = SocketError(failure, .makeNetwork)
        write("swift-sockets: io_uring does not work here, the posix backend is used instead: \(reason)")
    }
}
