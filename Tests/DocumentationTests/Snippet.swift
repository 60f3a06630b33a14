import Foundation

/// A block of Swift in a README, an article or a doc comment.
struct Snippet {
    let file: String
    let line: Int
    let code: [String]

    /// All of the package's snippets, in the order of files and lines.
    static func all(in root: URL) throws -> [Snippet] {
        var files = ["README.md", "CONTRIBUTING.md"].map { root.appending(path: $0) }
        let sources = FileManager.default.enumerator(
            at: root.appending(path: "Sources"), includingPropertiesForKeys: nil)
        for case let file as URL in sources ?? .init() where ["md", "swift"].contains(file.pathExtension) {
            files.append(file)
        }
        return try files.sorted { $0.path < $1.path }.flatMap { try snippets(in: $0, root) }
    }

    private static func snippets(in file: URL, _ root: URL) throws -> [Snippet] {
        let isSource = file.pathExtension == "swift"
        var found: [Snippet] = []
        var open: (line: Int, code: [String])?
        let text = try String(contentsOf: file, encoding: .utf8)
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let line = isSource ? documentation(raw) : String(raw) else {
                open = nil
                continue
            }
            if let block = open {
                if line.hasPrefix("```") {
                    let name = file.path.replacingOccurrences(of: root.path + "/", with: "")
                    found.append(Snippet(file: name, line: block.line, code: block.code))
                    open = nil
                } else {
                    open?.code.append(line)
                }
            } else if line.hasPrefix("```swift") {
                open = (index + 1, [])
            }
        }
        return found
    }

    /// The text of a doc comment's line; nil for any other line.
    private static func documentation(_ line: Substring) -> String? {
        let text = line.drop { $0 == " " }
        guard text.hasPrefix("///") else { return nil }
        let comment = text.dropFirst(3)
        return String(comment.first == " " ? comment.dropFirst() : comment)
    }

    /// Whether it is a manifest, which another compiler invocation reads.
    var isManifest: Bool { code.contains { $0.hasPrefix("import PackageDescription") } }

    /// Whether it imports a module that is built only when a trait is on.
    var needsTraits: Bool { imports.contains { $0.hasPrefix("import Sockets") && $0 != "import Sockets" } }

    /// Whether it names what is built only with the trait `URing`.
    var needsURing: Bool { code.contains { $0.contains(".uring(") || $0 == "import BackendURing" } }

    /// Whether what it awaits is in programs that are run by blocking calls: a simulation's, or a whole network's.
    private var runsPrograms: Bool {
        ["Simulation(", "Simulation.verify(", "Network.run("].contains { call in code.contains { $0.contains(call) } }
    }

    private var imports: [String] { code.filter { $0.hasPrefix("import ") } }

    /// A file of its own: declarations alone as they are, statements, and types with them, inside a function that has a network and a socket at hand, and that is
    /// async if they await something themselves.
    func source(named name: String) -> String {
        let statements = code.filter { !$0.hasPrefix("import ") }
        let first = statements.first { !$0.isEmpty && !$0.hasPrefix("//") } ?? ""
        let declares =
            ["extension ", "struct ", "final class ", "public final class ", "func ", "@main", "@Test"].contains {
                first.hasPrefix($0)
            }
            && !statements.contains { line in ["let ", "var ", "try ", "for "].contains { line.hasPrefix($0) } }
        let body =
            "#sourceLocation(file: \"\(file)\", line: \(line + 1))\n" + code.map(hidingImport).joined(separator: "\n")
        let end = "\n#sourceLocation()\n"
        let head = Set(imports + ["import Sockets"]).sorted().joined(separator: "\n") + "\n"
        if declares { return head + body + end }
        let isAsync = statements.contains { $0.contains("await ") } && !runsPrograms
        let effects = isAsync ? "async throws" : "throws"
        return head + "func \(name)(_ network: Network, _ socket: Socket) \(effects) {\n" + body + end + "}\n"
    }

    private func hidingImport(_ line: String) -> String { line.hasPrefix("import ") ? "" : line }
}
