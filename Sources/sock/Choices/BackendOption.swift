import ArgumentParser
import Sockets

/// `--backend`.
struct BackendOption: ParsableArguments {
    @Option(
        help: """
            Who carries out the operations: the kernel by system calls, by io_uring, or by io_uring where that works and else by \
            system calls.
            """)
    var backend = BackendName.posix

    /// A network on it, with so many threads for awaited calls.
    func network(threads: Int = 1) throws(SocketError) -> Network { try Network(backend.choice(threads: threads)) }
}
