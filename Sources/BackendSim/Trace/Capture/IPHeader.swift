internal import SocketModel

/// The header of IPv4 (RFC 791) or of IPv6 (RFC 8200), with a fragment's place.
struct IPHeader {
    let source: IPAddress
    let destination: IPAddress
    /// What it carries.
    let number: UInt8
    var hopLimit: UInt8 = 64
    var trafficClass: UInt8 = 0
    var fragment: Fragment?

    /// Which part of a packet it carries.
    struct Fragment {
        /// The same in all parts.
        var identification: UInt32
        /// Bytes, a multiple of 8.
        var offset: Int
        var isLast: Bool
    }

    init(_ source: IPAddress, _ destination: IPAddress, _ number: UInt8) {
        self.source = source
        self.destination = destination
        self.number = number
    }

    var length: Int {
        if case .v4 = source { 20 } else { fragment == nil ? 40 : 48 }
    }

    /// The header of so many bytes.
    func bytes(before count: Int) -> [UInt8] {
        if case .v4 = source { bytesOfIPv4(count) } else { bytesOfIPv6(count) }
    }

    private func bytesOfIPv4(_ count: Int) -> [UInt8] {
        var header = WireBytes()
        header.append(UInt8(0x45))
        header.append(trafficClass)
        header.append(UInt16(truncatingIfNeeded: 20 + count))
        header.append(UInt16(truncatingIfNeeded: fragment?.identification ?? 0))
        // What is whole must not be fragmented: then it needs no identification (RFC 6864).
        header.append(fragment.map { ($0.isLast ? 0 : 0x2000) | UInt16(truncatingIfNeeded: $0.offset / 8) } ?? 0x4000)
        header.append(hopLimit)
        header.append(number)
        header.append(UInt16(0))
        header.append(source)
        header.append(destination)
        var checksum = InternetChecksum()
        checksum.add(header.bytes)
        header.put(checksum.value, at: 10)
        return header.bytes
    }

    private func bytesOfIPv6(_ count: Int) -> [UInt8] {
        var header = WireBytes()
        header.append(UInt32(6) << 28 | UInt32(trafficClass) << 20)
        header.append(UInt16(truncatingIfNeeded: count + length - 40))
        header.append(fragment == nil ? number : 44)
        header.append(hopLimit)
        header.append(source)
        header.append(destination)
        if let fragment {
            header.append(number)
            header.append(UInt8(0))
            header.append(UInt16(truncatingIfNeeded: fragment.offset) | (fragment.isLast ? 0 : 1))
            header.append(fragment.identification)
        }
        return header.bytes
    }
}
