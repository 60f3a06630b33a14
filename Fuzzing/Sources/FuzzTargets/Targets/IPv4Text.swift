import SocketModel

/// Strict and classic texts of IPv4: as `inet_pton(3)`, `inet_ntop(3)` and `inet_aton(3)`, and back.
func fuzzIPv4Text(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let strict = try? IPv4Address(parsing: text)
    try demand(IPv4Address(text), equals: strict, "parsing without an error")
    try checkError(text) { () throws(AddressError) in try IPv4Address(parsing: text) }
    let classic = try? IPv4Address(classic: text)
    if let strict, let classic { try demand(classic, equals: strict, "the classic reading") }
    if let strict { try demand(strict.description, equals: text, "the only text") }
    // C's strings end at a zero byte.
    guard !text.utf8.contains(0) else { return }
    try demand(strict.map { octets($0) }, equals: LibC.parse(text, .ipv4), "inet_pton")
    try demand(classic.map { octets($0) }, equals: LibC.parseClassic(text), "inet_aton")
    if let classic { try demand(classic.description, equals: LibC.print(octets(classic), .ipv4), "inet_ntop") }
}

func octets(_ address: IPv4Address) -> [UInt8] { (0..<4).map { address.octets[$0] } }
func octets(_ address: IPv6Address) -> [UInt8] { (0..<16).map { address.octets[$0] } }

/// An error is about its text, and its offset is in it.
func checkError<Value>(_ text: String, _ parse: () throws(AddressError) -> Value) throws(Finding) {
    do throws(AddressError) {
        _ = try parse()
    } catch {
        try demand(error.input, equals: text, "the error's input")
        try demand((0...text.utf8.count).contains(error.offset), "the error's offset is \(error.offset)")
        try demand(!error.description.utf8.contains { $0 < 0x20 }, "a control byte in the error's text")
        try demand(error.description.utf8.count < 1024, "the error's text is long")
    }
}

/// What is read from a text prints as a text that is read as the same, and prints as itself.
func checkRoundTrip<Value: AddressText>(_ value: Value) throws {
    let text = value.description
    let again = try Value(parsing: text)
    try demand(again, equals: value, "reading \(text)")
    try demand(again.description, equals: text, "printing again")
}
