internal import Foundation
public import Testing

/// The programs that tests talk to.
public enum Programs {
    /// The tool, built beside the test bundle.
    public static let sock: String = {
        let bundle =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("sock").path
    }()

    /// Where a program is; nil where it is not installed.
    public static func path(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return (folders.map(String.init) + ["/usr/sbin", "/usr/local/sbin"]).map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// A program that a test needs is not there.
    public struct Missing: Error {
        /// Its name.
        public let name: String
    }
}

extension Child {
    /// Starts a program found by its name.
    public convenience init(
        named name: String, _ arguments: [String], input bytes: [UInt8] = [], holdsInputOpen: Bool = false,
        mergesErrors: Bool = false
    ) throws {
        guard let path = Programs.path(name) else { throw Programs.Missing(name: name) }
        try self.init(
            path, arguments, input: bytes, holdsInputOpen: holdsInputOpen, mergesErrors: mergesErrors)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, saying why, where a program is not installed.
    public static func needs(_ program: String) -> Self {
        .enabled(if: Programs.path(program) != nil, "\(program) is not installed: a test against it is skipped")
    }
}
