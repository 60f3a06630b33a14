import SocketModel

/// Printing and parsing addresses, against glibc's `inet_ntop` and `inet_pton`. Ours prints to a new `String` and parses a native one; glibc
/// prints to one buffer and parses C strings; all texts and packed addresses are made beforehand.
func addressText(_ label: String, _ samples: Samples) -> [Pair] {
    let texts4 = samples.ipv4.map(\.description)
    let texts6 = samples.ipv6.map(\.description)
    let glibc = CLibrary(samples)
    return [
        Pair(name: "print IPv4, \(label)", operations: Samples.count) {
            samples.ipv4.reduce(0) { $0 &+ $1.description.utf8.count }
        } theirs: {
            glibc.print4()
        },
        Pair(name: "print IPv6, \(label)", operations: Samples.count) {
            samples.ipv6.reduce(0) { $0 &+ $1.description.utf8.count }
        } theirs: {
            glibc.print6()
        },
        Pair(name: "parse IPv4, \(label)", operations: Samples.count) {
            texts4.reduce(0) { $0 &+ (IPv4Address($1).map { Int($0.rawValue) } ?? 0) }
        } theirs: {
            glibc.parse4()
        },
        Pair(name: "parse IPv6, \(label)", operations: Samples.count) {
            texts6.reduce(0) { $0 ^ (IPv6Address($1).map { Int(truncatingIfNeeded: $0.low) } ?? 0) }
        } theirs: {
            glibc.parse6()
        },
    ]
}
