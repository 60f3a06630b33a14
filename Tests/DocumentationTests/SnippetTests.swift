import Foundation
import TestSupport
import Testing

@Suite struct SnippetTests {
    @Test func everySnippetOfTheDocumentationCompiles() throws {
        let all = try Snippet.all(in: BuiltModules.root).filter { !$0.isManifest }
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

    /// Compiles the files against the modules this test was built with, as far as errors and the compiler's own failures go.
    private func compile(_ files: [String]) throws -> (Int32, String) {
        let arguments = [
            "-emit-sil", "-o", "/dev/null", "-whole-module-optimization", "-parse-as-library", "-swift-version", "6",
            "-module-name", "Snippets",
        ]
        let compiler = try Child(named: "swiftc", arguments + BuiltModules.arguments() + files, mergesErrors: true)
        let outcome = try compiler.finish(within: 1_000)
        return (outcome.status, outcome.text)
    }
}
