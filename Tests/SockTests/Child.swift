import Foundation
import Glibc
import Locks
import Testing

/// A process that a test started: its output is collected as it comes, every wait for it is bounded, and it is ended by its own id.
final class Child: Sendable {
    /// The most any wait takes, in seconds. Nothing asserts how long something took.
    static let patience = 20.0

    struct Outcome {
        let status: Int32
        let output: [UInt8]
        let errors: String
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    private struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var openStreams = 2
        var status: Int32?
    }

    let name: String
    private let pid: pid_t
    private let input: Int32
    private let state = Lock(State())
    private let changed = DispatchSemaphore(value: 0)

    /// Starts a program found by its path. Its standard input gets `input` and then ends, unless `holdsInputOpen`.
    init(_ path: String, _ arguments: [String], input bytes: [UInt8] = [], holdsInputOpen: Bool = false) throws {
        name = ([path.split(separator: "/").last.map(String.init) ?? path] + arguments.prefix(3)).joined(separator: " ")
        let process = Process()
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        input = dup(stdin.fileHandleForWriting.fileDescriptor)
        _ = fcntl(input, F_SETFD, FD_CLOEXEC)
        try process.run()
        pid = process.processIdentifier
        try stdin.fileHandleForWriting.close()
        collect(stdout, \.output)
        collect(stderr, \.errors)
        write(bytes, closing: !holdsInputOpen)
        Thread.detachNewThread { [self] in
            let status = Self.end(of: process)
            note { $0.status = status }
        }
    }

    deinit {
        if state.withLock({ $0.status }) == nil { _ = Glibc.kill(pid, SIGKILL) }
        _ = Glibc.close(input)
    }

    /// Waits for its end. Foundation hears of that by a descriptor that other children may have inherited, and then not before those end: so the
    /// system is asked, which leaves it to Foundation to clear up.
    private static func end(of process: Process) -> Int32 {
        var info = siginfo_t()
        if unsafe waitid(P_PID, id_t(process.processIdentifier), &info, WEXITED | WNOWAIT) == 0 {
            let status = unsafe info._sifields._sigchld.si_status
            return unsafe info.si_code == CLD_EXITED ? status : -status
        }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Sends it a signal.
    func signal(_ number: Int32) { _ = Glibc.kill(pid, number) }

    /// Ends its standard input.
    func closeInput() { shutdownInput() }

    /// Gives its standard input more, without waiting until it is read.
    func write(_ bytes: [UInt8], closing: Bool = false) {
        Thread.detachNewThread { [self] in
            Self.holdBackBrokenPipes()
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(input, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
            if closing { shutdownInput() }
        }
    }

    /// For this thread only: other tests are about this very signal.
    private static func holdBackBrokenPipes() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// What it has written to standard output once `isEnough` says so.
    func output(_ reason: String, until isEnough: (String) -> Bool) throws -> String {
        var text = ""
        try wait(reason) { state in
            text = String(decoding: state.output, as: UTF8.self)
            return isEnough(text)
        }
        return text
    }

    /// The first line of its standard output.
    func firstLine() throws -> String {
        let text = try output("its first line") { $0.contains("\n") }
        return String(text.prefix { $0 != "\n" })
    }

    /// Waits until standard error has this text.
    func complains(about text: String) throws {
        try wait("an error with \(text)") { String(decoding: $0.errors, as: UTF8.self).contains(text) }
    }

    /// Waits for its end.
    func finish() throws -> Outcome {
        try wait("its end") { $0.status != nil && $0.openStreams == 0 }
        return state.withLock {
            Outcome(status: $0.status ?? -1, output: $0.output, errors: String(decoding: $0.errors, as: UTF8.self))
        }
    }

    struct TooLate: Error, CustomStringConvertible { let description: String }

    private func wait(_ what: String, until isDone: (State) -> Bool) throws {
        let end = DispatchTime.now() + Self.patience
        while !state.withLock({ isDone($0) }) {
            guard changed.wait(timeout: end) == .success else {
                signal(SIGKILL)
                let state = state.withLock { $0 }
                throw TooLate(
                    description: """
                        \(name): waited \(Self.patience) s for \(what). Standard output has \(state.output.count) bytes: \
                        \(String(decoding: state.output.suffix(400), as: UTF8.self)) Standard error: \
                        \(String(decoding: state.errors, as: UTF8.self))
                        """)
            }
        }
    }

    private func note(_ change: (inout State) -> Void) {
        state.withLock { change(&$0) }
        changed.signal()
    }

    private func collect(_ pipe: Pipe, _ stream: any WritableKeyPath<State, [UInt8]> & Sendable) {
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let descriptor = pipe.fileHandleForReading.fileDescriptor
            while true {
                let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                note { $0[keyPath: stream] += buffer[..<count] }
            }
            note { $0.openStreams -= 1 }
        }
    }

    /// The number stays taken until deinit, so that a late write cannot hit another file.
    private func shutdownInput() { _ = dup2(Self.nothing, input) }

    private static let nothing = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
}
