import SocketModel

/// A `struct sockaddr` of any bytes and any length: decoded, encoded, decoded; numbers as `getnameinfo(3)` prints them.
func fuzzSocketAddressBytes(_ bytes: [UInt8]) throws {
    var script = Script(bytes)
    let claimed = Int(script.number(Int16.self))
    let raw = script.all()
    let address = unsafe raw.withUnsafeBytes { unsafe SocketAddressCoding.decode($0, length: claimed) }
    let encoded = try encode(address)
    let again = unsafe encoded.withUnsafeBytes { unsafe SocketAddressCoding.decode($0, length: encoded.count) }
    try demand(again, equals: address, "decoding what was encoded")
    try checkRoundTrip(address)
    for size in 0..<encoded.count { try demand(try? encode(address, room: size), equals: nil, "room for \(size)") }
    guard let ip = address.ip, let numbers = LibC.numbers(of: encoded) else { return }
    try demand(numbers.service, equals: String(address.port ?? 0), "the port")
    let host = numbers.host.prefix { $0 != "%" }
    try demand(ip.description.prefix { $0 != "%" }, equals: host, "the host")
}

private func encode(_ address: SocketAddress, room: Int = SocketAddressCoding.capacity) throws(Finding) -> [UInt8] {
    var memory = [UInt8](repeating: 0xAA, count: room)
    let length = unsafe memory.withUnsafeMutableBytes { unsafe SocketAddressCoding.encode(address, into: $0) }
    guard let length else { throw Finding("no room in \(room) bytes for \(address)") }
    try demand(memory[length...].allSatisfy { $0 == 0xAA }, "bytes behind the address were written")
    return Array(memory[..<length])
}
