internal import SocketModel

/// A packet on its way from one host to another.
final class Packet: Event {
    /// What it carries beside its payload.
    enum Content: Sendable {
        case tcp(TCPHeader)
        case udp(source: UInt16, destination: UInt16)
        /// Nobody can have what was sent to that address; what was sent is described as the error's receiver sees it.
        case unreachable(Errno, Original)
    }

    /// The packet that an error is about.
    struct Original: Sendable {
        var isTCP: Bool
        var source: UInt16
        var destination: UInt16
        var destinationAddress: IPAddress
    }

    var source = IPAddress.v4(.any)
    var destination = IPAddress.v4(.any)
    var content = Content.udp(source: 0, destination: 0)
    var payload: [UInt8] = []
    var hopLimit: UInt8 = 64
    var trafficClass: UInt8 = 0
    /// What a trace calls it.
    var number = 0
    /// Which way it takes.
    var path: Path?
    /// The end of a connection that sent it, and the one that will very likely take it: finding it costs nothing then.
    var sender: TCPSocket?
    var likelyReceiver: TCPSocket?

    override func occur() { path?.arrive(self) }

    /// Bytes on the wire, with the headers of IP and transport.
    var wireLength: Int {
        let transport =
            switch content {
            case .tcp(let header): header.length
            case .udp: 8
            case .unreachable: 36
            }
        return networkHeaderLength + transport + payload.count
    }

    private var networkHeaderLength: Int {
        if case .v4 = source { 20 } else { 40 }
    }
}

extension TCPHeader {
    /// Bytes on the wire, with options.
    fileprivate var length: Int { 20 + (maximumSegment == 0 ? 0 : 4) + (windowScale == 255 ? 0 : 4) }
}
