public import Sockets

/// Where a simulation's options are not the kernel's, and why.
public struct OptionDivergence: Sendable {
    /// The level.
    public let level: OptionLevel
    /// The options' numbers.
    public let names: [Int32]
    /// Why.
    public let reason: String
    /// Whether setting them to 1 fails here, whatever the kernel does.
    public var isRefused = true
    /// What it fails with, where that is not `ENOPROTOOPT`.
    public var errors: [Int32: Errno] = [:]
    /// Whether they differ by what no program may rely on.
    public var isAbstracted = false
    /// Whether it is UNIX sockets that differ, and no others.
    public var concernsUNIX = false

    /// What setting an option to 1 fails with; nil when it does not.
    public func refusal(_ name: Int32) -> Errno? { isRefused ? errors[name] ?? .protocolNotAvailable : nil }

    /// All of them.
    public static let all = [
        OptionDivergence(level: .socket, names: [11], reason: "no checksums"),
        OptionDivergence(
            level: .socket, names: [18], reason: "as the other backends, no mark above 1", isRefused: false,
            isAbstracted: true),
        OptionDivergence(level: .socket, names: [26, 44, 48, 50, 51, 52, 68], reason: "no BPF programs"),
        OptionDivergence(
            level: .socket, names: [36, 75, 82], reason: "no marks, and no priorities of packets",
            errors: [36: .notPermitted, 75: .notSupported, 82: .notSupported]),
        OptionDivergence(
            level: .socket, names: [37, 63, 64, 65], reason: "no other packet stamps",
            errors: [37: .notSupported, 65: .notSupported]),
        OptionDivergence(level: .socket, names: [41, 43], reason: "no Wi-Fi and no Ethernet frames"),
        OptionDivergence(
            level: .socket, names: [47, 60, 61], reason: "no pacing, zero-copy sends or transmit times",
            errors: [47: .notSupported, 60: .notSupported, 61: .invalidArgument]),
        OptionDivergence(level: .socket, names: [55, 71, 80], reason: "no accounts of memory, namespaces or devices"),
        OptionDivergence(level: .socket, names: [57], reason: "every boot counts its own", isRefused: false),
        OptionDivergence(
            level: .socket, names: [25], reason: "no bound interfaces, `EOPNOTSUPP` for any", isRefused: false,
            isAbstracted: true),
        OptionDivergence(level: .socket, names: [62], reason: "no bound interfaces", errors: [62: .notSupported]),
        OptionDivergence(level: .ip, names: [4, 18, 23, 25], reason: "no IP options, labels, checksums, fragments"),
        OptionDivergence(level: .ip, names: [11, 26], reason: "no error queue"),
        OptionDivergence(level: .ip, names: [16, 17], reason: "no IPsec"),
        OptionDivergence(
            level: .ip, names: [19, 21, 50], reason: "no transparency, least hops, unicast interface",
            errors: [19: .notPermitted, 50: .addressNotAvailable]),
        OptionDivergence(level: .ipv6, names: [2, 3, 4, 5, 6, 8], reason: "RFC 2292's numbers"),
        OptionDivergence(level: .ipv6, names: [11, 33], reason: "no flow labels"),
        OptionDivergence(
            level: .ipv6, names: [17], reason: "this machine's interfaces", isRefused: false, isAbstracted: true),
        OptionDivergence(
            level: .ipv6, names: [24, 60, 77], reason: "no fragments of another size", errors: [24: .invalidArgument]),
        OptionDivergence(level: .ipv6, names: [25, 31], reason: "no error queue"),
        OptionDivergence(level: .ipv6, names: [27, 28], reason: "no anycast"),
        OptionDivergence(level: .ipv6, names: [34, 35], reason: "no IPsec"),
        OptionDivergence(level: .ipv6, names: [54, 55, 57, 59], reason: "no extension headers"),
        OptionDivergence(level: .ipv6, names: [64, 65, 68, 69, 80], reason: "no netfilter"),
        OptionDivergence(
            level: .ipv6, names: [73, 75, 76], reason: "no transparency, least hops, unicast interface",
            errors: [75: .notPermitted, 76: .addressNotAvailable]),
        OptionDivergence(
            level: .tcp, names: [13, 26], reason: "the congestion control is reno",
            errors: [13: .noSuchFileOrDirectory]),
        OptionDivergence(level: .tcp, names: [14, 32], reason: "no signatures"),
        OptionDivergence(
            level: .tcp, names: [16, 37, 44, 45, 46], reason: "no other timeouts",
            errors: [
                16: .invalidArgument, 37: .invalidArgument, 44: .invalidArgument, 45: .invalidArgument,
                46: .invalidArgument,
            ]),
        OptionDivergence(
            level: .tcp, names: [19, 24, 35], reason: "no repair, no timestamps, no receiving by mapping",
            errors: [19: .notPermitted]),
        OptionDivergence(
            level: .tcp, names: [23, 30, 33, 34], reason: "no Fast Open",
            errors: [30: .notSupported, 33: .invalidArgument, 34: .invalidArgument]),
        OptionDivergence(level: .tcp, names: [27], reason: "SYNs are not kept"),
        OptionDivergence(level: .udp, names: [100, 101, 102], reason: "no encapsulation, no checksums"),
        OptionDivergence(
            level: .socket, names: [34, 76, 84],
            reason: "UNIX sockets have no labels, no process descriptors and no count of what is queued",
            errors: [34: .notSupported, 76: .notSupported], concernsUNIX: true),
    ]

    /// The entry of an option, if it has one: of UNIX sockets, or of internet sockets.
    public static func of(_ level: OptionLevel, _ name: Int32, onUNIX: Bool = false) -> OptionDivergence? {
        all.first { $0.level == level && $0.names.contains(name) && (onUNIX || !$0.concernsUNIX) }
    }

    /// Whether a value means the same everywhere: buffer sizes beyond Linux's default limits are a matter of a machine's settings.
    public static func isComparable(_ level: OptionLevel, _ name: Int32, _ value: Int32) -> Bool {
        level != .socket || !(7...8).contains(name) || (0...212_992).contains(value)
    }
}
