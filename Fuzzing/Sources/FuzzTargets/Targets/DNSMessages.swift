import Layers
import SocketModel

/// A message of the Domain Name System that can be read is written and read as the same.
func fuzzDNSMessages(_ bytes: [UInt8]) throws {
    guard let message = try? DNSMessage(decoding: bytes), let again = try? message.encoded() else { return }
    try demand(try DNSMessage(decoding: again), equals: message, "read back")
}
