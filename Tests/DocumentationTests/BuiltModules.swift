import Foundation
import Testing

/// The modules that these tests were built with, for the toolchain's other programs.
enum BuiltModules {
    /// The package's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What tells a program where the modules are, and the C modules that they import.
    static func arguments() throws -> [String] {
        let products = try #require(productsFolder, "the test's own folder has no Modules beside it")
        var arguments = ["-I", products.appending(path: "Modules").path]
        for module in ["CURing", "COpenSSL"] {
            let map = root.appending(path: "Sources/\(module)/module.modulemap").path
            arguments += ["-Xcc", "-fmodule-map-file=\(map)"]
        }
        for module in ["CPOSIX", "CTask", "CConcurrency", "CTLS"] {
            let map = products.appending(path: "\(module).build/module.modulemap").path
            arguments += [
                "-I", root.appending(path: "Sources/\(module)/include").path, "-Xcc", "-fmodule-map-file=\(map)",
            ]
        }
        return arguments
    }

    private static var productsFolder: URL? {
        // The runner, or the bundle itself, lies beside the modules; which of the two is argument zero depends on the platform.
        let candidates =
            CommandLine.arguments.map { URL(filePath: $0).deletingLastPathComponent() } + [executableFolder]
        return candidates.first {
            FileManager.default.fileExists(atPath: $0.appending(path: "Modules/Sockets.swiftmodule").path)
        }
    }

    private static var executableFolder: URL {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: link ?? "/").deletingLastPathComponent()
    }
}
