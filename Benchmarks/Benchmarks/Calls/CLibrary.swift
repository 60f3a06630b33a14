import Glibc
import SocketModel

/// glibc's side: packed addresses and C strings made beforehand, one buffer for every result.
final class CLibrary {
    private let packed4: [in_addr]
    private let packed6: [in6_addr]
    private let texts4: [UnsafeMutablePointer<CChar>]
    private let texts6: [UnsafeMutablePointer<CChar>]
    private let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: 64)
    private let result = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)

    init(_ samples: Samples) {
        packed4 = samples.ipv4.map { in_addr(s_addr: $0.rawValue.bigEndian) }
        packed6 = samples.ipv6.map { address in
            var packed = in6_addr()
            withUnsafeMutableBytes(of: &packed) { $0.copyBytes(from: address.packed) }
            return packed
        }
        texts4 = samples.ipv4.compactMap { strdup($0.description) }
        texts6 = samples.ipv6.compactMap { strdup($0.description) }
    }

    func print4() -> Int { print(AF_INET, packed4) }
    func print6() -> Int { print(AF_INET6, packed6) }
    func parse4() -> Int { parse(AF_INET, texts4) }
    func parse6() -> Int { parse(AF_INET6, texts6) }

    private func print<Packed>(_ family: Int32, _ addresses: [Packed]) -> Int {
        addresses.withUnsafeBytes { addresses in
            var total = 0
            for offset in stride(from: 0, to: addresses.count, by: MemoryLayout<Packed>.stride) {
                inet_ntop(family, addresses.baseAddress.map { $0 + offset }, buffer, 64)
                total &+= Int(buffer[0])
            }
            return total
        }
    }

    private func parse(_ family: Int32, _ texts: [UnsafeMutablePointer<CChar>]) -> Int {
        var total = 0
        for text in texts { total &+= Int(inet_pton(family, text, result)) }
        return total
    }
}
