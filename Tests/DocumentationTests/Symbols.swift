import Foundation
import TestSupport
import Testing

/// The paths of all public symbols that `import Sockets` brings, as the compiler tells them: `Socket/send(_:flags:deadline:)`.
enum Symbols {
    private struct Graph: Decodable {
        struct Symbol: Decodable {
            let pathComponents: [String]
        }
        let symbols: [Symbol]
    }

    static let all = Result { try extract() }

    private static func extract() throws -> Set<String> {
        let folder = FileManager.default.temporaryDirectory.appending(path: "symbols-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for module in ["SocketModel", "Layers", "BackendSim", "Sockets"] {
            let arguments = [
                "-module-name", module, "-target", try target(), "-minimum-access-level", "public", "-output-dir",
                folder.path,
            ]
            let child = try Child(
                named: "swift-symbolgraph-extract", arguments + BuiltModules.arguments(), mergesErrors: true)
            let outcome = try child.finish(within: 300)
            try #require(outcome.status == 0, "\(outcome.text)")
        }
        var paths: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let graph = try JSONDecoder().decode(Graph.self, from: Data(contentsOf: file))
            paths.formUnion(graph.symbols.map { $0.pathComponents.joined(separator: "/") })
        }
        return paths
    }

    private static func target() throws -> String {
        struct Info: Decodable {
            struct Target: Decodable {
                let unversionedTriple: String
            }
            let target: Target
        }
        let outcome = try Child(named: "swiftc", ["-print-target-info"]).finish(within: 100)
        return try JSONDecoder().decode(Info.self, from: Data(outcome.text.utf8)).target.unversionedTriple
    }
}
