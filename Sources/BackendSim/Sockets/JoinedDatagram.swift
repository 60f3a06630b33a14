internal import SocketModel

/// Segments of one send that arrive at one instant, for a socket that takes them as one datagram: `UDP_GRO`.
struct JoinedDatagram {
    private(set) var datagram: Datagram
    private let batch: UInt32
    private let most: Int
    private var count = 1

    /// How many segments the kernel joins of those that come over a link, `UDP_GRO_CNT_MAX`; what does not leave a host is never cut.
    private static let mostOfLink = 64

    init(_ first: Datagram, _ packet: Packet, overLink: Bool) {
        datagram = first
        batch = packet.batch
        most = overLink ? Self.mostOfLink : .max
    }

    /// Takes a segment that follows: of the same send, and no longer than the first; a shorter one is the last. False if it is none.
    mutating func append(_ next: Datagram, _ packet: Packet) -> Bool {
        let size = count == 1 ? datagram.bytes.count : datagram.segmentSize
        guard packet.batch == batch, next.isOfSameFlow(as: datagram), count < most, next.bytes.count <= size,
            datagram.bytes.count == count * size
        else { return false }
        datagram.bytes += next.bytes
        datagram.segmentSize = size
        datagram.charge += next.bytes.count
        count += 1
        return true
    }
}

extension Datagram {
    fileprivate func isOfSameFlow(as other: Datagram) -> Bool {
        source == other.source && sourcePort == other.sourcePort && destination == other.destination
            && interface == other.interface && hopLimit == other.hopLimit && trafficClass == other.trafficClass
    }
}
