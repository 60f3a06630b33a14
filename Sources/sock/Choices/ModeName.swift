import ArgumentParser

/// How a server waits, as the command line names it: `--mode`.
enum ModeName: String, CaseIterable, ExpressibleByArgument {
    /// A thread for each connection, parked in its calls.
    case blocking
    /// A task for each connection, suspended in its calls, on a few threads.
    case async
}
