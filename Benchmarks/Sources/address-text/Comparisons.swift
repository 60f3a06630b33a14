import Measurement
import SocketModel

/// What is compared; the texts and the packed addresses of both sides are made beforehand.
func comparisons(_ label: String, _ samples: Samples) -> [Comparison] {
    let texts4 = samples.ipv4.map(\.description)
    let texts6 = samples.ipv6.map(\.description)
    let glibc = CLibrary(samples)
    return [
        Comparison("print IPv4, \(label)", operations: Samples.count, bound: 1.0 / 3) {
            var total = 0
            for address in samples.ipv4 { total &+= address.description.utf8.count }
            return total
        } theirs: {
            glibc.print4()
        },
        Comparison("print IPv6, \(label)", operations: Samples.count, bound: 1.0 / 3) {
            var total = 0
            for address in samples.ipv6 { total &+= address.description.utf8.count }
            return total
        } theirs: {
            glibc.print6()
        },
        Comparison("parse IPv4, \(label)", operations: Samples.count, bound: 1) {
            var total = 0
            for text in texts4 { if let address = IPv4Address(text) { total &+= Int(address.rawValue) } }
            return total
        } theirs: {
            glibc.parse4()
        },
        Comparison("parse IPv6, \(label)", operations: Samples.count, bound: 0.7) {
            var total = 0
            for text in texts6 { if let address = IPv6Address(text) { total ^= Int(truncatingIfNeeded: address.low) } }
            return total
        } theirs: {
            glibc.parse6()
        },
    ]
}
