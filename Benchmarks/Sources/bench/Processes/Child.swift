import Foundation
import Launcher

/// A process that was started here. The kernel ends it when this program ends, however that ends, Ctrl-C included: it must therefore be started
/// on the main thread, which lives as long as the program.
final class Child {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let pid: pid_t
    private var status: Int32?

    /// Starts a program whose standard output and standard error go to a file.
    ///
    /// - Parameters:
    ///   - core: The only one that it runs on; nil for all.
    ///   - deathSignal: What it gets when this program ends: builds clean up on SIGTERM.
    /// - Throws: ``Failure`` when it cannot be started.
    convenience init(
        _ words: [String], directory: String? = nil, environment: [String: String] = [:], core: Int? = nil,
        outputTo file: String, deathSignal: Int32 = SIGKILL
    ) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(description: "\(file): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        try self.init(
            words, directory: directory, environment: environment, core: core, output: descriptor, errors: descriptor,
            deathSignal: deathSignal)
    }

    /// - Parameters:
    ///   - output: Its standard output, a descriptor that the caller keeps.
    ///   - errors: The same for its standard error.
    init(
        _ words: [String], directory: String?, environment: [String: String], core: Int?, output: Int32, errors: Int32,
        deathSignal: Int32
    ) throws {
        let variables = ProcessInfo.processInfo.environment.merging(environment) { _, ours in ours }
        let result = withCStrings(words) { words in
            withCStrings(variables.map { "\($0)=\($1)" }) { variables in
                withOptionalCString(directory) { directory in
                    var request = launch_request(
                        words: words, environment: variables, directory: directory, core: Int32(core ?? -1),
                        output: output,
                        errors: errors, death_signal: deathSignal)
                    return launch(&request)
                }
            }
        }
        guard result > 0 else {
            throw Failure(description: "\(words.first ?? ""): \(String(cString: strerror(-result)))")
        }
        pid = result
    }

    /// Its exit status once it has ended, 128 and the signal when one ended it; nil while it runs.
    var exitStatus: Int32? {
        if status == nil {
            var raw: Int32 = 0
            if waitpid(pid, &raw, WNOHANG) == pid { status = raw & 0x7f == 0 ? raw >> 8 & 0xff : 128 + raw & 0x7f }
        }
        return status
    }

    /// Waits for its end; nil when it has not come in that time.
    func wait(seconds: Double) -> Int32? {
        let end = Date().addingTimeInterval(seconds)
        while exitStatus == nil, Date() < end { usleep(2000) }
        return status
    }

    /// Ends it and waits until it is gone.
    func stop() {
        guard exitStatus == nil else { return }
        kill(pid, SIGTERM)
        if wait(seconds: 2) != nil { return }
        kill(pid, SIGKILL)
        _ = wait(seconds: 10)
    }
}

private func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    let copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
    defer { copies.forEach { free($0) } }
    return copies.withUnsafeBufferPointer { pointers in
        guard let base = pointers.baseAddress else { fatalError("there is always the final nil") }
        return body(base)
    }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
}
