import Sockets

/// What every backend makes of every call, as data: the article "Conformance" is rendered from it, and the tests hold it to what happens.
enum Ledger {
    struct Section: Sendable {
        let title: String
        let rows: [LedgerRow]
    }

    static let sections = [
        Section(title: "Making and ending sockets", rows: making),
        Section(title: "Names of sockets, and connections", rows: connecting),
        Section(title: "Sending and receiving", rows: transfer),
        Section(title: "Waiting", rows: waiting),
        Section(title: "Names and interfaces", rows: names),
        Section(title: "The network", rows: network),
        Section(title: "Values, which no backend has a part in", rows: values),
    ]

    static let rows = sections.flatMap(\.rows)
}

/// What a call fails with, as a ledger row says it.
func text(_ errno: Errno) -> String { "\(errno)" }
