import SocketModel

/// Texts of IPv6: as `inet_pton(3)` and `inet_ntop(3)`, back, and of RFC 5952's form.
func fuzzIPv6Text(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let address = try? IPv6Address(parsing: text)
    try demand(IPv6Address(text), equals: address, "parsing without an error")
    try checkError(text) { () throws(AddressError) in try IPv6Address(parsing: text) }
    if !text.utf8.contains(0) {
        try demand(address.map { octets($0) }, equals: LibC.parse(text, .ipv6), "inet_pton")
    }
    if let address { try checkPrinted(address) }
    // Any sixteen bytes are an address, which few texts are.
    var script = Script(bytes)
    try checkPrinted(IPv6Address(high: script.number(), low: script.number()))
}

private func checkPrinted(_ address: IPv6Address) throws {
    try checkRoundTrip(address)
    let text = address.description
    try demand(text, equals: LibC.print(octets(address), .ipv6), "inet_ntop")
    try demand(text.lowercased(), equals: text, "lower case")
    let groups = text.split(separator: ":", omittingEmptySubsequences: false)
    try demand(groups.allSatisfy { $0.count < 2 || $0.first != "0" || $0.contains(".") }, "a leading zero in \(text)")
    try demand(groups.count <= 9, "\(groups.count) groups")
}
