import SocketModel

/// What is compared; the texts and the packed addresses of both sides are made beforehand.
func comparisons(_ label: String, _ samples: Samples) -> [Comparison] {
    let texts4 = samples.ipv4.map(\.description)
    let texts6 = samples.ipv6.map(\.description)
    let glibc = CLibrary(samples)
    return [
        Comparison(name: "print IPv4, \(label)", bound: 1.0 / 3) {
            var total = 0
            for address in samples.ipv4 { total &+= address.description.utf8.count }
            return total
        } glibc: {
            glibc.print4()
        },
        Comparison(name: "print IPv6, \(label)", bound: 1.0 / 3) {
            var total = 0
            for address in samples.ipv6 { total &+= address.description.utf8.count }
            return total
        } glibc: {
            glibc.print6()
        },
        Comparison(name: "parse IPv4, \(label)", bound: 1) {
            var total = 0
            for text in texts4 { if let address = IPv4Address(text) { total &+= Int(address.rawValue) } }
            return total
        } glibc: {
            glibc.parse4()
        },
        Comparison(name: "parse IPv6, \(label)", bound: 0.7) {
            var total = 0
            for text in texts6 { if let address = IPv6Address(text) { total ^= Int(truncatingIfNeeded: address.low) } }
            return total
        } glibc: {
            glibc.parse6()
        },
    ]
}
