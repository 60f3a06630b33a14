import Sockets
import TestSupport
import Testing

/// One option of the model's table, and how a simulated host stands to it; on both of the kernel's backends it is the kernel's.
struct LedgerOption: CustomTestStringConvertible, Sendable {
    let option: AnySocketOption
    let simulation: Standing
    /// The kinds of simulated sockets that the kernel has it for.
    let kinds: [Kind]

    struct Kind: Sendable {
        let family: AddressFamily
        let type: SocketType

        static let all =
            [AddressFamily.ipv4, .ipv6].flatMap { family in
                [SocketType.stream, .datagram].map { Kind(family: family, type: $0) }
            } + [Kind(family: .unix, type: .stream)]
    }

    /// The options that a program can name, in the order of their groups; those of UNIX sockets apart where they stand otherwise.
    static let all = AnySocketOption.all.flatMap { option in
        let kinds = Kind.all.filter { option.applies(to: $0.family, $0.type) }
        let (internet, unix) = (standing(option, onUNIX: false), standing(option, onUNIX: true))
        if internet == unix { return [LedgerOption(option: option, simulation: internet, kinds: kinds)] }
        return [
            LedgerOption(option: option, simulation: internet, kinds: kinds.filter { $0.family != .unix }),
            LedgerOption(option: option, simulation: unix, kinds: kinds.filter { $0.family == .unix }),
        ]
    }

    private static func standing(_ option: AnySocketOption, onUNIX: Bool) -> Standing {
        guard let divergence = OptionDivergence.of(option.level, option.name, onUNIX: onUNIX) else { return .exact }
        if divergence.isAbstracted { return .abstracted(divergence.reason) }
        return divergence.refusal(option.name).map { .unsupported($0, divergence.reason) }
            ?? .divergent(divergence.reason)
    }

    /// Its name, and which sockets it is of, if not of all that have it.
    var testDescription: String {
        kinds.allSatisfy { $0.family == .unix } && !kinds.isEmpty ? "\(option.cName) on UNIX" : option.cName
    }

    /// What comes of reading a fresh socket's value, which is the machine's in some; then of setting it to 1, in four bytes.
    func outcome(_ network: Network, _ kind: Kind) throws -> (read: String, set: String) {
        let socket = try network.socket(kind.family, kind.type)
        defer { try? socket.close() }
        let read = text { () throws(SocketError) in "\(try socket.option(option.level, option.name, length: 16))" }
        let set = text { () throws(SocketError) in
            try socket.setOption(option.level, option.name, 1)
            return "ok"
        }
        return (read, set)
    }

    private func text(_ body: () throws(SocketError) -> String) -> String {
        do throws(SocketError) { return try body() } catch { return error.errno.map { "\($0)" } ?? "\(error.code)" }
    }
}

extension LedgerOption {
    /// Whether its first value is a matter of the machine's settings, or counts what happens: set to many values, the option is compared in
    /// `DifferentialOptionTests`.
    var isTheMachines: Bool {
        ["SO_SNDBUF", "SO_RCVBUF", "SO_SNDBUFFORCE", "SO_RCVBUFFORCE", "TCP_INFO", "SO_MEMINFO", "SO_INCOMING_CPU"]
            .contains(option.cName)
    }
}
