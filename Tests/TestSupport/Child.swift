internal import Dispatch
internal import Foundation
internal import Glibc
internal import Locks
internal import ProcessControl

/// Another program that a test started: its output is collected as it comes, every wait for it is bounded, and it is ended by its own id
/// when the last reference goes, or the test's process. It inherits nothing but its three streams.
///
/// Foundation's own class is not used: one thread of it waits for all of a process's children, each in turn.
public final class Child: Sendable {
    /// The most a wait takes, in seconds, unless it says otherwise. Nothing asserts how long something took.
    public static let patience = 60.0

    /// What a program that has ended leaves.
    public struct Outcome: Sendable {
        /// Its exit code, or the number of the signal that ended it, negated.
        public let status: Int32
        /// What it has written to standard output.
        public let output: [UInt8]
        /// What it has written to standard error.
        public let errors: String

        /// What it has written to standard output, as text.
        public var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// It has not done in time, or before it ended, what a test waits for; with what it has written.
    public struct Late: Error, CustomStringConvertible {
        /// The whole story.
        public let description: String
    }

    private struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var openStreams = 0
        var process: Int32 = -1
        var status: Int32?

        var hasEnded: Bool { status != nil && openStreams == 0 }
    }

    /// What its threads find out: they hold this and not the child, so that dropping it ends it.
    private final class Record: Sendable {
        let state = Lock(State())
        let changed = DispatchSemaphore(value: 0)

        func note(_ change: (inout State) -> Void) {
            state.withLock { change(&$0) }
            changed.signal()
        }
    }

    private let name: String
    private let input: Int32
    private let record = Record()

    /// Starts a program found by its path. Its standard input gets `input` and then ends, unless `holdsInputOpen`. With `mergesErrors` what
    /// it writes to standard error comes among its output.
    public init(
        _ path: String, _ arguments: [String], input bytes: [UInt8] = [], holdsInputOpen: Bool = false,
        mergesErrors: Bool = false
    ) throws {
        name = ([path.split(separator: "/").last.map(String.init) ?? path] + arguments.prefix(3)).joined(separator: " ")
        let (stdin, stdout, stderr) = (Self.pipe(), Self.pipe(), mergesErrors ? nil : Self.pipe())
        input = stdin.writer
        record.note { $0.openStreams = mergesErrors ? 1 : 2 }
        collect(stdout.reader, \.output)
        if let stderr { collect(stderr.reader, \.errors) }
        run(path, arguments, stdin.reader, stdout.writer, stderr?.writer ?? stdout.writer)
        write(bytes, closing: !holdsInputOpen)
    }

    deinit {
        signal(SIGKILL)
        _ = Glibc.close(input)
    }

    /// Starts it on a thread that waits for its end: it would end with the thread.
    private func run(_ path: String, _ arguments: [String], _ input: Int32, _ output: Int32, _ errors: Int32) {
        let isStarted = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [record] in
            let process = Self.spawn(path, arguments, input, output, errors)
            for end in Set([input, output, errors]) { _ = Glibc.close(end) }
            record.note { $0.process = process }
            isStarted.signal()
            let status = process < 0 ? process : control_await_end(process)
            record.note { $0.status = status }
        }
        isStarted.wait()
    }

    private static func pipe() -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        _ = unsafe control_pipe(&ends)
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ input: Int32, _ output: Int32, _ errors: Int32
    ) -> Int32 {
        var words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        return unsafe control_spawn(path, &words, input, output, errors)
    }

    /// Sends it a signal, unless it has ended.
    public func signal(_ number: Int32) {
        record.state.withLock { if $0.process > 0, $0.status == nil { _ = kill($0.process, number) } }
    }

    /// Ends its standard input.
    public func closeInput() {
        // The number stays taken until deinit, so that a late write cannot hit another file.
        _ = dup2(Self.nothing, input)
    }

    private static let nothing = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)

    /// Gives its standard input more, without waiting until it is read.
    public func write(_ bytes: [UInt8], closing: Bool = false) {
        Thread.detachNewThread { [self] in
            Self.holdBackBrokenPipes()
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(input, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
            if closing { closeInput() }
        }
    }

    /// For this thread only: other tests are about this very signal.
    private static func holdBackBrokenPipes() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private func collect(_ stream: Int32, _ part: any WritableKeyPath<State, [UInt8]> & Sendable) {
        Thread.detachNewThread { [record] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(stream, $0.baseAddress, $0.count) }
                guard count > 0 else { break }
                record.note { $0[keyPath: part] += buffer[..<count] }
            }
            _ = Glibc.close(stream)
            record.note { $0.openStreams -= 1 }
        }
    }
}

// MARK: - Waiting

extension Child {
    /// What it has written to standard output once `isEnough` says so.
    public func output(_ what: String, until isEnough: (String) -> Bool) throws -> String {
        var text = ""
        try wait(for: what) { state in
            text = String(decoding: state.output, as: UTF8.self)
            return isEnough(text)
        }
        return text
    }

    /// What the pattern's group caught, once it has written to standard output what matches.
    public func output(_ pattern: some RegexComponent<(Substring, Substring)>) throws -> String {
        var found: Substring?
        _ = try output("what matches") { text in
            found = text.firstMatch(of: pattern)?.output.1
            return found != nil
        }
        return String(found ?? "")
    }

    /// The first line of its standard output.
    public func firstLine() throws -> String {
        let text = try output("its first line") { $0.contains("\n") }
        return String(text.prefix { $0 != "\n" })
    }

    /// Waits until standard error has this text.
    public func complains(about text: String) throws {
        try wait(for: "an error with \(text)") { String(decoding: $0.errors, as: UTF8.self).contains(text) }
    }

    /// Waits for its end and that of its streams.
    public func finish(within seconds: Double = patience) throws -> Outcome {
        try wait(for: "its end", seconds) { $0.hasEnded }
        return record.state.withLock {
            Outcome(status: $0.status ?? -1, output: $0.output, errors: String(decoding: $0.errors, as: UTF8.self))
        }
    }

    private func wait(for what: String, _ seconds: Double = patience, until isDone: (State) -> Bool) throws {
        let end = DispatchTime.now() + seconds
        while true {
            let now = record.state.withLock { $0 }
            if isDone(now) { return }
            guard !now.hasEnded, DispatchTime.now() < end else { throw late(what, seconds, now) }
            // Others may wait, too, and take a signal that was for all.
            _ = record.changed.wait(timeout: min(end, .now() + .milliseconds(100)))
        }
    }

    private func late(_ what: String, _ seconds: Double, _ state: State) -> Late {
        signal(SIGKILL)
        let how = state.status.map { "ended with status \($0)" } ?? "took longer than \(seconds) s"
        return Late(
            description: """
                \(name): \(how) before \(what). Standard output has \(state.output.count) bytes: \
                \(String(decoding: state.output.suffix(400), as: UTF8.self)) Standard error: \
                \(String(decoding: state.errors.suffix(4000), as: UTF8.self))
                """)
    }
}
