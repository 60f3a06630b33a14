import ArgumentParser
import Sockets

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what this machine offers and which backends work here, and why not.",
        discussion: """
            What is said to work has been tried, with sockets on loopback. Under io_uring stands which of the kernel's features its \
            backend has found, what it does without those that are missing, and what it does not use, and why. Exit code 1 means that no backend works.

            EXAMPLES
              sock doctor
            """)

    func run() throws {
        StandardStreams.reserve()
        show("system", [("kernel", SystemFacts.kernel), ("processors", SystemFacts.processors)])
        show("limits", limits)
        if let network = try? Network(.posix) { show("network", reach(network)) }
        let verdicts = BackendName.distinct.map { (name: $0, outcome: verdict($0)) }
        show(
            "backends",
            verdicts.map { ($0.name.rawValue, text($0.outcome)) } + [
                ("automatic", automatic), ("simulation", "works everywhere: sock simulate"),
            ])
        show("io_uring", URingReport.rows)
        if !verdicts.contains(where: { (try? $0.outcome.get()) != nil }) { throw ExitCode.failure }
    }

    private func show(_ title: String, _ rows: [(name: String, value: String)]) {
        say(title)
        for row in rows { say("  \(row.name.padded(to: 20))  \(row.value)") }
    }

    private var limits: [(String, String)] {
        let settings = [
            ("backlog", "net/core/somaxconn"), ("TCP receive buffer", "net/ipv4/tcp_rmem"),
            ("TCP send buffer", "net/ipv4/tcp_wmem"), ("largest SO_RCVBUF", "net/core/rmem_max"),
            ("largest SO_SNDBUF", "net/core/wmem_max"), ("ephemeral ports", "net/ipv4/ip_local_port_range"),
            ("congestion control", "net/ipv4/tcp_congestion_control"),
        ]
        return [("descriptors", SystemFacts.openFiles), ("locked memory", SystemFacts.lockedMemory)]
            + settings.map { ($0.0, "\(SystemFacts.setting($0.1) ?? "–") (\($0.1.replacing("/", with: ".")))") }
    }

    private func reach(_ network: Network) -> [(String, String)] {
        [
            ("host name", text(Result { () throws(SocketError) in try network.hostName() })),
            ("IPv4 loopback", text(Result { () throws(SocketError) in try Loopback.roundTrip(network, .ipv4) })),
            ("IPv6 loopback", text(Result { () throws(SocketError) in try Loopback.roundTrip(network, .ipv6) })),
            ("localhost", text(Result { () throws(SocketError) in try addresses(of: "localhost", network) })),
        ]
    }

    private func addresses(of host: String, _ network: Network) throws(SocketError) -> String {
        try network.addresses(of: host, type: .stream).compactMap { $0.address.ip?.description }.joined(separator: ", ")
    }

    /// Over IPv6 where there is no IPv4.
    private func verdict(_ backend: BackendName) -> Result<Duration, SocketError> {
        Result { () throws(SocketError) in
            let network = try Network(backend.choice)
            let family: AddressFamily = Loopback.refusal(network, .ipv4) == nil ? .ipv4 : .ipv6
            let time = try Loopback.roundTrip(network, family)
            // What is awaited needs more: threads, and under io_uring larger rings.
            _ = try network.executors
            return time
        }
    }

    private var automatic: String {
        do throws(SocketError) {
            return "is \(try Network(.automatic(threads: 1) { _ in }).backendName) here"
        } catch {
            return "does not work: \(error)"
        }
    }

    private func text(_ result: Result<Duration, SocketError>) -> String {
        switch result {
        case .success(let time): "works: bytes went out and came in within \(time.inMilliseconds)"
        case .failure(let error): "does not work: \(error)"
        }
    }

    private func text(_ result: Result<String, SocketError>) -> String {
        switch result {
        case .success(let text): text
        case .failure(let error): "– \(error)"
        }
    }
}
