import ArgumentParser
import Sockets

struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the four classic echo programs on every backend available.",
        discussion: """
            Two servers and two clients, IPv4-only and dual-stack, talk over loopback, each server on a thread of its own and at a port \
            the system chooses. The programs are Sources/sock/Demo/EchoIPv4.swift and EchoDualStack.swift, written as any user of the \
            library would. The dual-stack server is called thrice: by name, over IPv4 and, where this host has it, over IPv6.

            Exit code 0 means that every answer was right.

            EXAMPLES
              sock demo
              sock demo --backend uring
            """)

    @Option(help: "Only this backend.")
    var backend: BackendName?

    func run() throws {
        StandardStreams.reserve()
        var tally = DemoTally()
        var backends: [BackendName] = []
        for name in backend.map({ [$0] }) ?? BackendName.distinct {
            guard let network = try network(name) else { continue }
            backends.append(name)
            say("\(name.rawValue) backend")
            tally.show("echo, IPv4 only", "127.0.0.1") { () throws(SocketError) in try .ipv4(network) }
            for host in ["localhost", "127.0.0.1", "::1"] {
                if host == "::1", let refusal = Loopback.refusal(network, .ipv6) {
                    say("  echo, dual-stack, client asks for ::1\n    skipped  \(refusal)\n")
                    continue
                }
                tally.show("echo, dual-stack", host) { () throws(SocketError) in
                    try .dualStack(network, host: host)
                }
            }
            try network.close()
        }
        say(tally.summary(backends))
        if tally.wrong > 0 { throw ExitCode.failure }
    }

    /// Nil where the backend is not available, unless it was asked for.
    private func network(_ name: BackendName) throws -> Network? {
        do throws(SocketError) {
            return try Network(name.choice)
        } catch {
            guard error.code == .unsupported, backend == nil else { throw error }
            say("\(name.rawValue) backend\n  skipped  \(error)\n")
            return nil
        }
    }
}

private struct DemoTally {
    var right = 0
    var wrong = 0
    var time = Duration.zero

    mutating func show(_ title: String, _ host: String, _ run: () throws(SocketError) -> Conversation) {
        say("  \(title), client asks for \(host)")
        do throws(SocketError) {
            let conversation = try run()
            for line in conversation.lines { say("    \(line.who)   \(line.what)") }
            say("    time     \(conversation.duration.inMilliseconds)")
            if conversation.isRight { right += 1 } else { wrong += 1 }
            time += conversation.duration
            if !conversation.isRight { complain("demo: \(title): the answer is wrong") }
        } catch {
            wrong += 1
            complain("demo: \(title), \(host): \(error)")
        }
        say()
    }

    func summary(_ backends: [BackendName]) -> String {
        let names = backends.map(\.rawValue).joined(separator: ", ")
        return "\(right) of \(counted(right + wrong, "conversation")) right, on \(names), in \(time.inMilliseconds)"
    }
}
