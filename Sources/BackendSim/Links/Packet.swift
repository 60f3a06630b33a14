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

    @safe @exclusivity(unchecked) var source = IPAddress.v4(.any)
    @safe @exclusivity(unchecked) var destination = IPAddress.v4(.any)
    /// What it carries, unless that is a segment: then that is its header.
    @safe @exclusivity(unchecked) private var other: Content? = .udp(source: 0, destination: 0)
    @safe @exclusivity(unchecked) var header = TCPHeader()
    @safe @exclusivity(unchecked) var payload: [UInt8] = []
    @safe @exclusivity(unchecked) var hopLimit: UInt8 = 64
    @safe @exclusivity(unchecked) var trafficClass: UInt8 = 0
    /// Which of its sender's sends it is a segment of; 0 for none.
    @safe @exclusivity(unchecked) var batch: UInt32 = 0
    /// How many of its bytes the sender's kernel was given in one piece.
    @safe @exclusivity(unchecked) var inPiece = 0
    /// The interface it arrives by, of a datagram.
    @safe @exclusivity(unchecked) var interface = HostAddresses.interfaceIndex
    /// What a trace calls it.
    @safe @exclusivity(unchecked) var number = 0
    /// Which way it takes, once it was sent.
    @safe @exclusivity(unchecked) var way: Way?
    /// The end of a connection that sent it: whose peer will very likely take it, so that finding it costs nothing.
    @safe @exclusivity(unchecked) private(set) var sender: TCPSocket?
    /// Which of its sender's connections it belongs to.
    @safe @exclusivity(unchecked) private(set) var connection: UInt32 = 0

    var content: Content {
        @inline(__always) get { other ?? .tcp(header) }
        set {
            if case .tcp(let header) = newValue { (self.header, other) = (header, nil) } else { other = newValue }
        }
    }

    /// Whether it carries a segment.
    var isSegment: Bool { @inline(__always) get { other == nil } }

    /// It arrives. Who sent it has it back, or whoever sends the next.
    override consuming func occur() {
        guard let way else { return }
        way.arrive(self)
        if let sender, sender.wants(self) {
            sender.spare = consume self
        } else {
            way.recycle(self)
        }
    }

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

extension Packet {
    /// Whether it has memory for more than most packets carry, which is not kept.
    @inline(__always) var isLarge: Bool { payload.capacity > 4096 }

    /// Carries nothing any more.
    func clear() {
        if isLarge { payload = [] } else { payload.removeAll(keepingCapacity: true) }
        (hopLimit, trafficClass, batch, sender) = (64, 0, 0, nil)
    }

    /// Takes segments of a connection's end from now on.
    func carrySegments(of sender: TCPSocket, _ connection: UInt32, _ key: ConnectionKey, _ path: Path) {
        (self.sender, self.connection) = (sender, connection)
        (source, destination) = (key.local, key.remote)
        header = TCPHeader(sourcePort: key.localPort, destinationPort: key.remotePort)
        other = nil
        way = Way(path)
    }

    /// Becomes the same as another.
    func copy(_ other: Packet) {
        number = other.number
        source = other.source
        destination = other.destination
        content = other.content
        payload.append(contentsOf: other.payload)
        hopLimit = other.hopLimit
        trafficClass = other.trafficClass
        (batch, inPiece) = (other.batch, other.inPiece)
    }

    /// Whether either end has that port.
    func has(port: UInt16) -> Bool {
        switch content {
        case .tcp(let header): header.sourcePort == port || header.destinationPort == port
        case .udp(let source, let destination): source == port || destination == port
        case .unreachable: false
        }
    }

    /// What an error about it says; nil for an error, which gets no answer.
    var original: Original? {
        switch content {
        case .tcp(let header):
            Original(
                isTCP: true, source: header.sourcePort, destination: header.destinationPort,
                destinationAddress: destination)
        case .udp(let from, let to):
            Original(isTCP: false, source: from, destination: to, destinationAddress: destination)
        case .unreachable: nil
        }
    }
}

extension TCPHeader {
    /// Bytes on the wire, with options.
    fileprivate var length: Int { 20 + (maximumSegment == 0 ? 0 : 4) + (windowScale == 255 ? 0 : 4) }
}
