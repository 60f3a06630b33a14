import SocketModel

/// Addresses with zones, zones and prefixes: the same after printing and reading.
func fuzzIPAddressText(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    try check(IPAddress.self, text)
    try check(Zone.self, text)
    try check(InterfaceName.self, text)
}

/// Prefixes: what they contain is what their bits say.
func fuzzPrefixText(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let prefix = try check(IPPrefix.self, text) else { return }
    try demand(prefix.contains(prefix.first) && prefix.contains(prefix.last), "\(prefix) does not contain its ends")
    try demand(prefix.contains(prefix), "\(prefix) does not contain itself")
    try demand(prefix.first <= prefix.last, "\(prefix) ends before it begins")
    let wider = try IPPrefix(prefix.last, length: max(prefix.length - 1, 0))
    try demand(wider.contains(prefix), "\(wider) does not contain \(prefix)")
}

/// `[::1]:80?flow=5`, `unix:/x`, `family(29):0a`.
func fuzzSocketAddressText(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    try check(SocketAddress.self, text)
    try check(OpaqueAddress.self, text)
    try check(UNIXAddress.self, text)
}

/// `host:port`, with and without a port to assume.
func fuzzHostPortText(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let pair = try check(HostPort.self, text)
    let assuming = try? HostPort(parsing: text, defaultPort: 80)
    if let pair { try demand(assuming, equals: pair, "with a default port") }
    if let assuming { try checkRoundTrip(assuming) }
    try check(HostPort.Port.self, text)
    try check(ServiceName.self, text)
    if let numeric = pair?.numeric { try checkRoundTrip(numeric) }
}

/// Bytes as the names of UNIX sockets.
func fuzzUNIXAddress(_ bytes: [UInt8]) throws {
    for address in [try? UNIXAddress(path: bytes), try? UNIXAddress(abstract: bytes)] {
        guard let address else { continue }
        try checkRoundTrip(address)
        try demand(address.bytes, equals: bytes, "the name's bytes")
        let text = address.description
        try demand(!text.unicodeScalars.contains { $0.properties.generalCategory == .control }, "a control character")
    }
}

@discardableResult private func check<Value: AddressText>(_ type: Value.Type, _ text: String) throws -> Value? {
    try checkError(text) { () throws(AddressError) in try Value(parsing: text) }
    let value = try? Value(parsing: text)
    try demand(Value(text), equals: value, "\(type) without an error")
    if let value { try checkRoundTrip(value) }
    return value
}
