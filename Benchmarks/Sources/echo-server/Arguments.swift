import ArgumentParser
import BackendURing
import Sockets

/// What the command line asks for.
struct Arguments: ParsableArguments {
    enum Kernel: String, CaseIterable, ExpressibleByArgument {
        case posix, uring
    }

    enum Listeners: String, CaseIterable, ExpressibleByArgument {
        case handOff = "hand-off"
        case sharedPort = "shared-port"
    }

    enum Mode: String, CaseIterable, ExpressibleByArgument {
        case echo, machine, sink, source, writer, datagrams, batches
    }

    enum Calls: String, CaseIterable, ExpressibleByArgument {
        case awaited, blocking
    }

    @Argument var host: String
    @Argument var port: Int
    @Argument var kernel = Kernel.posix
    @Argument(help: "How many threads serve.") var threads = 1
    @Argument(help: "How several threads get connections: from one listener, or each from one of its own.")
    var listeners = Listeners.handOff

    @Option(
        help: """
            What a connection gets: an echo by a task or by a machine, nothing (sink), bytes without end (source, writer). Or datagrams are \
            echoed, on one thread, one at a time or up to 32.
            """)
    var mode = Mode.echo
    @Option(help: "A task for each connection, or a thread, of which echo, sink, source and batches know.")
    var calls = Calls.awaited
    @Option(help: "How many bytes a source sends at a time, and a sink receives at most.")
    var chunk = 65536
    @Option(help: "How many chunks a source sends at once.")
    var gather = 1
    @Option(help: "How many microseconds uring's executor looks for completions before it sleeps.")
    var spin = 0
    @Option(help: "From how many bytes on uring's sends are made without a copy.")
    var zeroCopy: Int?

    func validate() throws {
        guard (0...65535).contains(port), threads > 0, chunk > 0, gather > 0, spin >= 0 else {
            throw ValidationError(
                "a port is 0 to 65535, and no number is below 1 but that of --spin, which is 0 without")
        }
        if calls == .blocking, [.machine, .writer, .datagrams].contains(mode) {
            throw ValidationError("--mode \(mode) has no blocking calls here")
        }
    }

    var choice: BackendChoice {
        switch kernel {
        case .posix: return .posix(threads: threads)
        case .uring:
            var options = URingOptions(threads: threads)
            options.spin = .microseconds(spin)
            if let zeroCopy { options.zeroCopy = zeroCopy }
            return .uring(options)
        }
    }
}
