internal import SocketModel

/// Where one datagram goes: to one host, to all, or to those of a group.
struct Delivery {
    private let kernel: HostKernel
    private let sender: UDPSocket
    private let source: IPAddress
    private let destination: IPAddress
    private let interface: UInt32
    private let hopLimit: UInt8
    private let trafficClass: UInt8
    /// The way to the one host it is for, as nearly all are, or to many.
    private var path: Path?
    private var paths: [Path] = []
    /// Nobody on the network has the address.
    private var isLost = false
    /// Whether it must not be fragmented.
    private let isWhole: Bool

    init(_ socket: UDPSocket, to target: DatagramTarget, _ control: SentControl) throws(Errno) {
        sender = socket
        kernel = socket.kernel
        destination = target.address
        hopLimit = control.hopLimit ?? socket.options.hopLimit(to: destination)
        trafficClass = control.trafficClass ?? socket.options.trafficClass(to: destination)
        isWhole = control.forbidsFragments || socket.options.forbidsFragments(to: destination)
        if destination.isMulticast {
            let chosen = socket.multicastInterface(to: destination)
            let asked = [control.interface, target.interface, UInt32(chosen.number)].first { $0 != 0 }
            let interface = asked ?? HostAddresses.interfaceIndex
            self.interface = interface
            source =
                control.source ?? socket.source(to: destination) ?? chosen.address
                ?? kernel.addresses.source(to: destination, by: interface)
            paths = try receivers()
        } else {
            interface = HostAddresses.interface(for: destination)
            source = control.source ?? socket.source(to: destination) ?? kernel.addresses.source(to: destination)
            if destination.isBroadcastAddress {
                paths = try receivers()
            } else {
                path = try socket.route(to: destination)
                isLost = path == nil
            }
        }
        // As the kernel: an address of loopback does not leave its host by IPv4.
        if case .v4(let own) = source, own.isLoopback, leavesHost { throw .invalidArgument }
    }

    /// The hosts that hear it: on loopback this one; on the network those of the group, this one only if it wants to hear itself, and
    /// nobody else if it may take no hop.
    private func receivers() throws(Errno) -> [Path] {
        guard let host = kernel.host else { throw .networkDown }
        if interface == HostAddresses.loopbackIndex { return [host.path(to: host)] }
        return kernel.world.receivers(of: destination).compactMap { other in
            let isHeard = other === host ? !destination.isMulticast || sender.hearsItself(destination) : hopLimit > 0
            return isHeard ? host.path(to: other) : nil
        }
    }

    private var leavesHost: Bool { path.map { $0.from !== $0.to } ?? (interface != HostAddresses.loopbackIndex) }

    var isIPv4: Bool { destination.family == .ipv4 }

    /// The largest datagram that may go this way, in bytes of payload.
    var capacity: Int {
        let headers = if case .v4 = destination { 28 } else { 48 }
        let most = if case .v4 = destination { 65507 } else { 65527 }
        return isWhole ? min(mtu - headers, most) : most
    }

    /// The largest packet, with its network header, that need not be fragmented.
    var mtu: Int {
        let isLoopback = interface == HostAddresses.loopbackIndex
        return (path ?? paths.first)?.maximumPacket ?? (isLoopback ? 65536 : kernel.world.options.maximumPacket)
    }

    func send(_ bytes: UnsafeRawBufferPointer, from sourcePort: UInt16, to port: UInt16, _ form: DatagramForm) {
        if let path { unsafe send(bytes, from: sourcePort, to: port, form, by: path) }
        for path in paths { unsafe send(bytes, from: sourcePort, to: port, form, by: path) }
        if isLost { kernel.world.schedule(LostPacket(sender, destination, port), after: LostPacket.delay) }
    }

    private func send(
        _ bytes: UnsafeRawBufferPointer, from sourcePort: UInt16, to port: UInt16, _ form: DatagramForm, by path: Path
    ) {
        let packet = kernel.world.fabric.takePacket()
        packet.source = source
        packet.destination = destination
        packet.content = .udp(source: sourcePort, destination: port)
        packet.hopLimit = hopLimit
        packet.trafficClass = trafficClass
        packet.interface = interface
        (packet.batch, packet.inPiece) = (form.batch, form.inPiece)
        unsafe packet.payload.append(contentsOf: bytes)
        path.send(packet)
    }
}

/// How the kernel was given a datagram.
struct DatagramForm {
    /// How many of its bytes in one piece.
    var inPiece: Int
    /// The number of the send it is a segment of; 0 for none.
    var batch: UInt32 = 0
}

/// Where a program wants a datagram to go.
struct DatagramTarget {
    var address: IPAddress
    var port: UInt16
    /// The interface that the address's zone names; 0 for none.
    var interface: UInt32 = 0
}

/// A datagram for an address that nobody on the network has: after three seconds of asking around the sender is told.
private final class LostPacket: Event {
    static let delay: Int64 = 3_000_000_000
    private let sender: UDPSocket
    private let destination: IPAddress
    private let port: UInt16

    init(_ sender: UDPSocket, _ destination: IPAddress, _ port: UInt16) {
        self.sender = sender
        self.destination = destination
        self.port = port
    }

    override consuming func occur() { sender.unreachable(.noRouteToHost, to: destination, port) }
}
