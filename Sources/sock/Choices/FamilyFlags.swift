import ArgumentParser
import Sockets

/// `-4` and `-6`.
struct FamilyFlags: ParsableArguments {
    @Flag(name: [.customShort("4"), .customLong("ipv4")], help: "Only IPv4 addresses.")
    var isIPv4 = false

    @Flag(name: [.customShort("6"), .customLong("ipv6")], help: "Only IPv6 addresses.")
    var isIPv6 = false

    func validate() throws {
        if isIPv4 && isIPv6 { throw ValidationError("-4 and -6 exclude each other; leave both out for either family") }
    }

    var family: AddressFamily { isIPv4 ? .ipv4 : isIPv6 ? .ipv6 : .unspecified }
}
