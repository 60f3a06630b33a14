import Foundation
import TestSupport
import Testing

@Suite struct SnippetTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func everySnippetOfTheDocumentationCompiles() throws {
        let all = try Snippet.all(in: Self.root).filter { !$0.isManifest }
        #expect(all.count { $0.needsTraits } > 3)
        #expect(all.count { $0.needsURing } > 2)
        #expect(all.count { $0.code.contains("import SimulationTesting") } > 1)
        let snippets = all.filter { (hasAllTraits || !$0.needsTraits) && (hasURing || !$0.needsURing) }
        #expect(snippets.count > 10)
        let folder = FileManager.default.temporaryDirectory.appending(path: "snippets-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        var files: [String] = []
        for (index, snippet) in snippets.enumerated() {
            let file = folder.appending(path: "snippet\(index).swift")
            try snippet.source(named: "snippet\(index)").write(to: file, atomically: true, encoding: .utf8)
            files.append(file.path)
        }
        let (status, output) = try compile(files)
        #expect(status == 0, "\(output)")
    }

    @Test func aSnippetThatDoesNotCompileIsFound() throws {
        let wrong = Snippet(file: "wrong.md", line: 1, code: ["try socket.recvfrom(10)"])
        let file = FileManager.default.temporaryDirectory.appending(path: "wrong-\(UUID()).swift")
        try wrong.source(named: "wrong").write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let (status, output) = try compile([file.path])
        #expect(status != 0)
        #expect(output.contains("receiveFrom"), "\(output)")
    }

    /// Type-checks the files against the modules this test was built with.
    private func compile(_ files: [String]) throws -> (Int32, String) {
        let products = try #require(Self.productsFolder, "the test's own folder has no Modules beside it")
        let compiler = try Child(named: "swiftc", Self.arguments(products) + files, mergesErrors: true)
        let outcome = try compiler.finish(within: 1_000)
        return (outcome.status, outcome.text)
    }

    private static func arguments(_ products: URL) -> [String] {
        var arguments = [
            "-typecheck", "-parse-as-library", "-swift-version", "6", "-module-name", "Snippets",
        ]
        arguments += ["-I", products.appending(path: "Modules").path]
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
