import Sockets
import TestSupport
import Testing

/// One call: which operations and classic functions it is, how every backend stands to it, and a script that shows it.
struct LedgerRow: CustomTestStringConvertible, Sendable {
    typealias Script = @Sendable (Network) throws -> String

    /// What it is called in the article.
    let call: String
    let operations: [OperationName]
    /// The names it has in the classic module.
    let classic: [String]
    let standings: [LedgerColumn: Standing]
    /// What the script comes to on Linux, any of these; nil where that is this machine's affair, and `posix` says it.
    let linux: [String]?
    private let script: Script

    init(
        _ call: String, _ operations: [OperationName] = [], classic: [String] = [], uring: Standing = .exact,
        simulation: Standing = .exact, linux: String?..., script: @escaping Script
    ) {
        self.call = call
        self.operations = operations
        self.classic = classic
        standings = [.posix: .exact, .uring: uring, .simulation: simulation]
        let known = linux.compactMap { $0 }
        self.linux = known.isEmpty ? nil : known
        self.script = script
    }

    var testDescription: String { call }

    func standing(_ backend: TestBackend) -> Standing { standings[LedgerColumn(backend)] ?? .exact }

    /// What the script comes to: its text, or the error's number, or its code where it has none.
    func outcome(_ backend: TestBackend) throws -> String {
        let network = try backend.network()
        do {
            return try script(network)
        } catch let error as SocketError {
            return error.errno.map { "\($0)" } ?? "\(error.code)"
        }
    }
}
