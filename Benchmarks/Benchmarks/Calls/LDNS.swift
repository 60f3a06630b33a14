import CLDNS

/// ldns's side: a message read into its own structure, or one written out from it.
final class LDNS {
    private let bytes: [UInt8]
    private var packet: UnsafeMutablePointer<ldns_pkt>?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        _ = bytes.withUnsafeBufferPointer { ldns_wire2pkt(&packet, $0.baseAddress, $0.count) }
    }

    deinit { ldns_pkt_free(packet) }

    func decode() -> Int {
        var packet: UnsafeMutablePointer<ldns_pkt>?
        let status = bytes.withUnsafeBufferPointer { ldns_wire2pkt(&packet, $0.baseAddress, $0.count) }
        defer { ldns_pkt_free(packet) }
        return status == LDNS_STATUS_OK ? Int(ldns_pkt_ancount(packet)) : -1
    }

    func encode() -> Int {
        var wire: UnsafeMutablePointer<UInt8>?
        var count = 0
        _ = ldns_pkt2wire(&wire, packet, &count)
        free(wire)
        return count
    }
}
