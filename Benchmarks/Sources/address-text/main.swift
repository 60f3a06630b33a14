// Printing and parsing addresses, against glibc's inet_ntop and inet_pton in the same process.
//
//     swift run -c release --package-path Benchmarks address-text
//
// Ours prints to a new String and parses a native String; glibc prints to one buffer and parses C strings made before.

import Measurement
import SocketModel

let one = Samples(
    IPv4Address(192, 168, 100, 200), IPv6Address(0x2001, 0xdb8, 0x85a3, 0, 0, 0x8a2e, 0x370, 0x7334))
report(comparisons("many addresses", Samples()) + comparisons("one address", one), against: "glibc")
