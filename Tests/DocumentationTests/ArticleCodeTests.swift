import Foundation
import Testing

/// Code that an article shows and that tests run is one and the same.
@Suite struct `The code of an article` {
    @Test(arguments: ["Tests/TestSupport/Fence.swift", "Tests/SocketsTests/Seam/Pipes.swift"])
    func `is that of the file which tests run`(path: String) throws {
        let article = try text("Sources/Sockets/Sockets.docc/WritingABackend.md")
        var rest = Substring(try text(path))
        // What comes before the first doc comment is for readers of the file.
        rest = rest[try #require(rest.firstRange(of: "\n/// ")).upperBound...].drop { $0 == "\n" }
        rest = Substring("/// ") + rest
        var shown: [String] = []
        for block in article.components(separatedBy: "```swift\n").dropFirst() {
            let code = block.components(separatedBy: "\n```")[0]
            let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
            let declarations = lines.drop { $0.hasPrefix("import ") || $0.isEmpty }.joined(separator: "\n")
            if rest.hasPrefix(declarations) {
                shown.append(declarations)
                rest = rest.dropFirst(declarations.count).drop { $0 == "\n" }
            }
        }
        #expect(shown.count > 1)
        #expect(rest.isEmpty, "the article does not show this, or another version of it: \(rest.prefix(200))")
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: BuiltModules.root.appending(path: path), encoding: .utf8)
    }
}
