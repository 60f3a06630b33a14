import Sockets

/// The article that the ledger renders.
enum LedgerArticle {
    static let path = "Sources/Sockets/Sockets.docc/Conformance.md"

    static var text: String {
        let sections = Ledger.sections.map { section in
            "## \(section.title)\n\n| Call | posix | uring | simulation |\n|---|---|---|---|\n"
                + section.rows.map(line).joined()
        }
        return head + (sections + [options]).joined(separator: "\n")
    }

    private static let head = """
        # Conformance

        What every backend makes of every call, held against Linux's own.

        ## Overview

        This page is rendered from a ledger in `Tests/ConformanceTests/Ledger`, which its tests hold to what happens: each row has a script that
        runs on every backend.

        - **exact**: the script comes to what it comes to on Linux.
        - **abstracted**: so it does, and what is said differs in ways that a program cannot rely on.
        - **unsupported**: the call fails with that error, and no other.
        - **divergent**: it comes to something else, for the reason given. A row that has come to agree fails its test.


        """

    private static func line(_ row: LedgerRow) -> String {
        let cells = LedgerColumn.allCases.map { row.standings[$0]?.text ?? "" }
        return "| \(row.call) | \(cells.joined(separator: " | ")) |\n"
    }

    private static var options: String {
        let others = LedgerOption.all.filter { $0.simulation != .exact && !$0.kinds.isEmpty }
        let exact = LedgerOption.all.filter { $0.simulation == .exact && !$0.kinds.isEmpty }
        return """
            ## Options

            On `posix` and `uring` all options are the kernel's: exact. Of the options of IPv4, IPv6 and UNIX sockets the simulation has these:

            | Option | simulation |
            |---|---|

            """
                + others.map { "| \($0.name) | \($0.simulation.text) |\n" }.joined()
                + "| " + Set(exact.map(\.name)).sorted().joined(separator: ", ") + " | exact |\n"
    }
}

extension LedgerOption {
    /// The option in the article.
    fileprivate var name: String {
        let isOfUNIX = kinds.allSatisfy { $0.family == .unix }
        return "`\(option.cName)`" + (isOfUNIX ? " of UNIX sockets" : "")
    }
}
