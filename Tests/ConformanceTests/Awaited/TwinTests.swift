import Foundation
import Sockets
import TestSupport
import Testing

/// Every public call that can park a thread has a twin to be awaited, with the same name and the same arguments.
@Suite struct `Blocking and awaited forms` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Blocking calls that have no awaited twin, and why.
    private static let exceptions = [
        "Network.run(_:_:)": "it is a whole program, which whoever awaits is a part of already"
    ]

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test func `one program text does both, but for the word`() throws {
        let source = try Self.text("Tests/ConformanceTests/Awaited/EchoTwins.swift")
        let start = try #require(source.range(of: "enum BlockingEcho {"))
        let second = try #require(source.range(of: "enum AwaitedEcho {"))
        let blocking = source[start.upperBound..<second.lowerBound]
        let awaited = source[second.upperBound...].replacing(" await ", with: " ").replacing(" async ", with: " ")
        #expect(blocking.contains("receiveExactly"))
        #expect(Self.trimmed(blocking) == Self.trimmed(awaited))
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test(arguments: Setting.all) func `both programs say the same`(setting: Setting) async throws {
        try await setting.backend.run { network in
            let listener = try network.listen(at: .loopback4)
            let address = try listener.localAddress()
            let server = try Aside(network) { () throws(SocketError) in try BlockingEcho.serve(listener) }
            let asked = try Aside(network) { () throws(SocketError) in try BlockingEcho.ask(network, address) }
            let blocking = try await asked.outcome().get()
            #expect(await server.failure() == nil)
            let awaited = try await setting.place.run(network) {
                async let served: Void = AwaitedEcho.serve(listener)
                let answer = try await AwaitedEcho.ask(network, address)
                try await served
                return answer
            }
            #expect(blocking == "Hello, world 9")
            #expect(awaited == blocking)
        }
    }

    @Test func `every blocking call has a twin`() throws {
        var (blocking, awaited): (Set<String>, Set<String>) = ([], [])
        let folder = Self.root.appending(path: "Sources/Sockets")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            for call in PublicCall.all(in: try String(contentsOf: file, encoding: .utf8)) {
                if call.isBlocking { blocking.insert(call.signature) }
                if call.isAwaited { awaited.insert(call.signature) }
            }
        }
        #expect(blocking.count > 30)
        let missing = blocking.filter { !Self.hasTwin($0, awaited) && Self.exceptions[$0] == nil }
        #expect(missing.isEmpty, "no awaited twin: \(missing.sorted())")
        let needless = Self.exceptions.keys.filter { !blocking.contains($0) || Self.hasTwin($0, awaited) }
        #expect(needless.isEmpty, "no exceptions any more: \(needless)")
    }

    /// The same labels, or a deadline behind them: awaited calls take one even where the system's blocking call knows none. What a
    /// protocol requires has two names.
    private static func hasTwin(_ signature: String, _ awaited: Set<String>) -> Bool {
        awaited.contains(signature) || awaited.contains(String(signature.dropLast()) + "deadline:)")
            || awaited.contains(signature.replacing("Blocking(", with: "Awaiting("))
    }

    @Test func `the search finds what it should`() {
        let found = PublicCall.all(
            in: """
                extension Socket {
                    /// Text.
                    @available(*, noasync, message: "this (parks)")
                    @discardableResult
                    public func send<T>(
                        _ bytes: T, to host: String, flags: [(Int, b: Int)] = [],
                        then: (Int, String) -> Void
                    ) throws(SocketError) -> Int {
                    public func send<T>(_ bytes: T, to host: String, flags: Int, then: Int) async throws -> Int {
                    @available(*, noasync) public func join() {}
                }
                public struct Other {
                    public func join() async {}
                    func hidden() async {}
                }
                """)
        #expect(
            found.map(\.signature)
                == ["Socket.send(_:to:flags:then:)", "Socket.send(_:to:flags:then:)", "Socket.join()", "Other.join()"])
        #expect(found.map(\.isBlocking) == [true, false, true, false])
        #expect(found.map(\.isAwaited) == [false, true, false, true])
    }
}

/// A public function as it stands in the sources.
private struct PublicCall {
    /// Its type's name, its own, and the labels.
    let signature: String
    let isBlocking: Bool
    let isAwaited: Bool

    /// All public functions of a file, in order.
    static func all(in source: String) -> [PublicCall] {
        var found: [PublicCall] = []
        var (type, attributes) = ("", "")
        var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        while let line = lines.first {
            let text = line.trimmingCharacters(in: .whitespaces)
            if let name = typeName(line) { type = name }
            if text.hasPrefix("@") { attributes += text }
            if text.contains("public func ") || text.contains("public static func ") {
                found.append(PublicCall(head(of: lines), type, attributes))
            }
            if !text.hasPrefix("@") || text.contains("func ") { attributes = "" }
            lines = lines.dropFirst()
        }
        return found
    }

    private init(_ head: String, _ type: String, _ attributes: String) {
        let name = head.prefix { $0 != "(" && $0 != "<" }
        let parts = Self.arguments(of: head)
        let labels = parts.labels.map { $0 + ":" }.joined()
        signature = "\(type).\(name)(\(labels))"
        isBlocking = attributes.contains("noasync")
        isAwaited = parts.effects.contains("async")
    }

    /// The type that a line at the margin opens.
    private static func typeName(_ line: String) -> String? {
        guard !line.hasPrefix(" "), line.hasSuffix("{") || line.contains(" {") else { return nil }
        let words = line.split(whereSeparator: { " :{<".contains($0) })
        guard let keyword = words.firstIndex(where: { ["extension", "class", "struct", "enum"].contains($0) }) else {
            return nil
        }
        return words.dropFirst(keyword + 1).first.map(String.init)
    }

    /// From the function's name to its body's brace.
    private static func head(of lines: ArraySlice<String>) -> String {
        let text = lines.prefix(12).joined(separator: " ")
        guard let start = text.range(of: "func ") else { return "" }
        return String(text[start.upperBound...])
    }

    /// The labels between the outermost parentheses, and what follows up to the brace.
    private static func arguments(of head: String) -> (labels: [String], effects: String) {
        var (depth, label, labels) = (0, "", [String]())
        var isLabel = true
        var rest = head.drop { $0 != "(" }
        while let character = rest.popFirst() {
            if "([".contains(character) { depth += 1 }
            if ")]".contains(character) { depth -= 1 }
            if depth == 0 { break }
            if depth > 1 || "(".contains(character) { continue }
            if character == "," {
                isLabel = true
                label = ""
            } else if character == ":" {
                if isLabel { labels.append(label.split(separator: " ").first.map(String.init) ?? "") }
                isLabel = false
            } else {
                label.append(character)
            }
        }
        return (labels, String(rest.prefix { $0 != "{" && $0 != "-" }))
    }
}
