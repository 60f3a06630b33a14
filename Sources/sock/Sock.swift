import ArgumentParser

@main
struct Sock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sock",
        abstract: "Sockets from the command line: serve, connect, look up, look into.",
        discussion: """
            Endpoints are written HOST:PORT, [IPV6]:PORT, :PORT (every address of this host), unix:/path or unix:@name. \
            HOST may be a name or a numeric address, PORT a number or the name of a service.

            Where a command has --backend, posix carries its calls out by system calls, uring by io_uring, and automatic by io_uring \
            where that works, else by system calls, which it says on standard error.

            EXAMPLES
              sock demo                                     four echo programs
              sock serve echo --listen 127.0.0.1:7007       an echo server, until Ctrl-C
              echo hello | sock connect 127.0.0.1:7007      a client for it
              sock resolve localhost http                   what getaddrinfo(3) answers
              sock options --type tcp4 --search keep        options and their values
              sock simulate echo --seed 42 --text           programs on a simulated network
              sock soak --backend uring --minutes 10        everything at random, and what is left of it
              sock doctor                                   what works on this machine

            EXIT CODES
              0    done; serve: ended by SIGINT, SIGTERM or SIGHUP
              1    it failed: the reason is on standard error
              64   the command line is wrong
            """,
        version: version,
        subcommands: [
            Demo.self, Serve.self, Connect.self, Resolve.self, Options.self, Simulate.self, Soak.self, Doctor.self,
        ])

    static let version = "0.1.0"

    static func main() {
        let failure = failure()
        if let lost = StandardStreams.lost { exit(withError: lost) }
        if let failure { exit(withError: failure) }
    }

    /// Does what the command line says, and returns what goes wrong. Help, too, is output.
    private static func failure() -> (any Error)? {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            guard exitCode(for: error).isSuccess else { return error }
            say(fullMessage(for: error))
        }
        return nil
    }
}
