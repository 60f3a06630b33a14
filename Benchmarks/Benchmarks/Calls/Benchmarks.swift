// Calls beside the same in C, address text beside glibc's, framing beside loops in C, and messages of DNS beside ldns, with ordo-one's benchmark package:
//
//     make bench-calls
//     swift package --package-path Benchmarks benchmark --filter 'send.*'

import Benchmark
import SocketModel

let benchmarks: @Sendable () -> Void = {
    for size in [64, 1024, 16384] { Transfer.pair(size).register() }
    Transfer.receiveToChunk.register()
    for pair in addressText("many addresses", Samples()) { pair.register() }
    let one = Samples(IPv4Address(192, 168, 100, 200), IPv6Address(0x2001, 0xdb8, 0x85a3, 0, 0, 0x8a2e, 0x370, 0x7334))
    for pair in addressText("one address", one) { pair.register() }
    for pair in framing() + dnsMessages() { pair.register() }
}
