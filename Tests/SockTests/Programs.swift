import Foundation
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips a test, saying why, where this machine has no IPv6 loopback.
    static var needsIPv6: Self {
        let addresses = (try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8)) ?? ""
        return .enabled(if: addresses.contains("00000000000000000000000000000001"), "there is no IPv6 loopback here")
    }
}

/// Starts the tool.
func sock(_ arguments: String..., input: [UInt8] = [], holdsInputOpen: Bool = false) throws -> Child {
    try Child(Programs.sock, arguments, input: input, holdsInputOpen: holdsInputOpen)
}

/// Starts a Python program, with the arguments in `sys.argv[1:]`.
func python(_ program: String, _ arguments: String..., holdsInputOpen: Bool = false) throws -> Child {
    let prelude = "import socket, struct, sys, os\nsocket.setdefaulttimeout(15)\n"
    return try Child(
        named: "python3", ["-u", "-c", prelude + program] + arguments, holdsInputOpen: holdsInputOpen)
}

/// Starts a shell command; the tool's path is `$0`.
func shell(_ command: String, _ arguments: String...) throws -> Child { try shell(command, arguments) }

func shell(_ command: String, _ arguments: [String]) throws -> Child {
    try Child("/bin/sh", ["-c", command, Programs.sock] + arguments)
}

/// The ways in which a server can wait, and by whom: what its peers rely on holds in all of them.
enum ServeMode: String, CaseIterable {
    case blocking, async, asyncOnTwoThreads
    #if URing && os(Linux)
        case blockingByURing, asyncByURing, asyncByURingOnTwoThreads
    #endif

    var arguments: [String] {
        switch self {
        case .blocking: []
        case .async: ["--mode", "async"]
        case .asyncOnTwoThreads: ["--mode", "async", "--threads", "2"]
        #if URing && os(Linux)
            case .blockingByURing: ["--backend", "uring", "--mode", "blocking"]
            case .asyncByURing: ["--backend", "uring", "--mode", "async"]
            case .asyncByURingOnTwoThreads: ["--backend", "uring", "--mode", "async", "--threads", "2"]
        #endif
        }
    }

    /// How the server's first line tells it.
    var words: String {
        switch self {
        case .blocking: "posix backend, blocking"
        case .async: "posix backend, async, 1 thread"
        case .asyncOnTwoThreads: "posix backend, async, 2 threads"
        #if URing && os(Linux)
            case .blockingByURing: "uring backend, blocking"
            case .asyncByURing: "uring backend, async, 1 thread"
            case .asyncByURingOnTwoThreads: "uring backend, async, 2 threads"
        #endif
        }
    }
}

/// A server of the tool, and the address it says it listens at.
struct Server {
    let child: Child
    let address: String

    init(_ arguments: String..., mode: ServeMode = .blocking) throws {
        child = try Child(Programs.sock, ["serve"] + arguments + mode.arguments)
        let line = try child.firstLine()
        let words = line.split(separator: " ")
        try #require(words.count > 2 && line.hasPrefix("listening on "), "\(line)")
        #expect(line.contains(" \(mode.words)"))
        address = String(words[2])
    }

    var port: String { String(address.split(separator: ":").last ?? "") }

    /// Ends it as a user would, and gives what it said last.
    func stop(_ signal: Int32 = SIGTERM) throws -> (summary: String, errors: String) {
        child.signal(signal)
        let outcome = try child.finish()
        #expect(outcome.status == 0, "\(outcome.errors)")
        return (String(outcome.text.split(separator: "\n").last ?? ""), outcome.errors)
    }
}

/// Bytes without a pattern that a lost or doubled piece could hide in.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
}

/// All tests of the tool: one after the other, so that two cores suffice for the processes of each.
@Suite(.serialized) enum ToolTests {}
