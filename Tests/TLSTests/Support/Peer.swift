#if TLS
    import Foundation
    import TestSupport
    import Testing

    /// Another program that speaks TLS. It is ended after a minute, whatever it does.
    final class Peer: Sendable {
        private let directory = TemporaryDirectory()
        private let process = Foundation.Process()

        /// Where a program is; nil where it is not installed.
        static func path(_ program: String) -> String? {
            let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
            return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }

        /// Starts it with that input. With `holdsOpen` its input does not end after that.
        init(_ program: String, _ arguments: [String], input: String = "", holdsOpen: Bool = false) throws {
            // Foundation learns of a process's end by a descriptor that is not close-on-exec: a program that lives long must not hold others'.
            let closing =
                #"for each in /proc/self/fd/*; do number=${each##*/}; [ $number -gt 2 ] && eval "exec $number>&-"; done; "#
            let script =
                closing
                + (holdsOpen ? "(cat \"$0\"; sleep 60) | exec timeout 60 \"$@\"" : "exec timeout 60 \"$@\" < \"$0\"")
            try input.write(toFile: file("input"), atomically: true, encoding: .utf8)
            _ = FileManager.default.createFile(atPath: file("output"), contents: nil)
            let output = try #require(FileHandle(forWritingAtPath: file("output")))
            process.executableURL = URL(filePath: "/bin/bash")
            process.arguments = ["-c", script, file("input"), program] + arguments
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = output
            try process.run()
        }

        deinit { if process.isRunning { process.terminate() } }

        private func file(_ name: String) -> String { "\(directory.path)/\(name)" }

        /// All that it has written so far.
        var output: String {
            (try? String(decoding: Data(contentsOf: URL(filePath: file("output"))), as: UTF8.self)) ?? ""
        }

        /// Waits until it has written something like this; what was found.
        func output(_ pattern: some RegexComponent<(Substring, Substring)>) throws -> String {
            for _ in 0..<6_000 {
                if let found = output.firstMatch(of: pattern) { return String(found.1) }
                usleep(10_000)
            }
            throw Unexpected("it has not written that, but:\n\(output)")
        }

        /// Waits for its end.
        func finish() -> (status: Int32, output: String) {
            process.waitUntilExit()
            return (process.terminationStatus, output)
        }
    }

    /// Certificates as files, for programs that want them so.
    struct CertificateFiles {
        private let directory = TemporaryDirectory()

        init(_ authority: TestAuthority) throws {
            for (name, text) in [
                ("root", authority.root.certificate), ("chain", authority.server.certificate),
                ("key", authority.server.key),
            ] {
                try text.write(toFile: path(name), atomically: true, encoding: .utf8)
            }
        }

        func path(_ name: String) -> String { "\(directory.path)/\(name).pem" }
        var root: String { path("root") }
        var chain: String { path("chain") }
        var key: String { path("key") }
    }

    extension Trait where Self == ConditionTrait {
        /// Skips where the program is not installed.
        static func peer(_ program: String) -> Self {
            .enabled(if: Peer.path(program) != nil, "\(program) is not installed")
        }
    }
#endif
