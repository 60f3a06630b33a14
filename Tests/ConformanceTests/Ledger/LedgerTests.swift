import Foundation
import Sockets
import TestSupport
import Testing

@Suite struct `The ledger of conformance` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: Backends.all, Ledger.rows) func `is what happens`(backend: TestBackend, row: LedgerRow) throws {
        let outcome = try row.outcome(backend)
        let linux = try row.linux ?? [row.outcome(.posix)]
        switch row.standing(backend) {
        case .exact, .abstracted: #expect(linux.contains(outcome))
        case .unsupported(let errno, _): #expect(outcome == "\(errno)")
        case .divergent: #expect(!linux.contains(outcome), "no longer divergent")
        }
    }

    @Test(.enabled(if: Backends.all.contains(.simulation)), arguments: LedgerOption.all)
    func `has every option as it is`(option: LedgerOption) throws {
        let simulated = try TestBackend.simulation.network()
        let kernel = try TestBackend.posix.network()
        var diverges = false
        for kind in option.kinds {
            let expected = try option.outcome(kernel, kind)
            // A kernel that was built without it, or does not let this user, has nothing to be held against.
            let isUnknown = [Errno.protocolNotAvailable, .notPermitted].contains { "\($0)" == expected.set }
            let found = try option.outcome(simulated, kind)
            switch option.simulation {
            case .exact where isUnknown || option.isTheMachines: break
            case .exact, .abstracted: #expect(found == expected, "\(kind)")
            // Where the kernel refuses it alike, as it does some of one kind, nothing is missing.
            case .unsupported where !isUnknown && expected.set != "ok" && found.set == expected.set: break
            case .unsupported(let errno, _): #expect(found.set == "\(errno)", "\(kind)")
            case .divergent: diverges = diverges || found != expected
            }
        }
        if case .divergent = option.simulation { #expect(diverges, "no longer divergent") }
    }

    @Test func `has every operation`() {
        let named = Set(Ledger.rows.flatMap(\.operations))
        #expect(Set(OperationName.allCases).subtracting(named).isEmpty)
    }

    @Test func `has every name of the classic module`() throws {
        let article = try String(
            contentsOf: Self.root.appending(path: "Sources/Sockets/Sockets.docc/ClassicNames.md"), encoding: .utf8)
        let functions = article.components(separatedBy: "## Constants")[0]
        var names: Set<String> = [
            "socket", "bind", "listen", "accept", "connect", "send", "shutdown", "close", "detach", "poll",
        ]
        for line in functions.split(separator: "\n") where line.hasPrefix("| `") {
            let cell = line.split(separator: "|")[0]
            // `getsockopt(level, name)` is a form of one name.
            for name in cell.replacing(/\(.*\)/, with: "").split(separator: ",") {
                names.insert(name.trimmingCharacters(in: CharacterSet(charactersIn: " `")))
            }
        }
        let named = Set(Ledger.rows.flatMap(\.classic))
        #expect(names.count > 50)
        #expect(names.subtracting(named).sorted() == [])
        #expect(named.subtracting(names).isEmpty)
    }

    @Test func `names each call once`() {
        #expect(Set(Ledger.rows.map(\.call)).count == Ledger.rows.count)
    }

    /// `SOCKETS_RENDER=1 swift test --enable-all-traits --filter "The ledger"` writes it anew.
    @Test func `is what the article says`() throws {
        let file = Self.root.appending(path: LedgerArticle.path)
        if ProcessInfo.processInfo.environment["SOCKETS_RENDER"] != nil {
            try LedgerArticle.text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == LedgerArticle.text)
    }
}
