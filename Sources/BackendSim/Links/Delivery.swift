internal import SocketModel

/// Where one datagram goes: to one host, to all, or to those of a group.
struct Delivery {
    private let kernel: HostKernel
    private let source: IPAddress
    private let destination: IPAddress
    private let paths: [Path]
    private let hopLimit: UInt8
    private let trafficClass: UInt8
    /// Nobody on the network has the address.
    private let isLost: Bool
    private let sender: UDPSocket

    init(_ socket: UDPSocket, to destination: IPAddress, _ control: [ControlMessage]) throws(Errno) {
        sender = socket
        kernel = socket.kernel
        self.destination = destination
        source = socket.local.isAny ? kernel.addresses.source(to: destination) : socket.local
        hopLimit = try Self.hopLimit(socket, destination, control)
        trafficClass = UInt8(truncatingIfNeeded: socket.options.trafficClass)
        if destination.isMulticast || destination.isBroadcastAddress {
            paths = kernel.world.receivers(of: destination, from: socket)
            isLost = false
        } else {
            let known = socket.remote == destination ? socket.path : nil
            let path = if let known { known } else { try socket.path(to: destination) }
            paths = path.map { [$0] } ?? []
            isLost = path == nil
        }
    }

    private static func hopLimit(
        _ socket: UDPSocket, _ destination: IPAddress, _ control: [ControlMessage]
    ) throws(Errno) -> UInt8 {
        for message in control {
            switch message {
            case .timeToLive(let value), .hopLimit(let value):
                guard (1...255).contains(value) else { throw .invalidArgument }
                return UInt8(value)
            default: continue
            }
        }
        return UInt8(clamping: destination.isMulticast ? socket.options.multicastHops : socket.options.hops)
    }

    func send(_ bytes: UnsafeRawBufferPointer, from sourcePort: UInt16, to port: UInt16) {
        for path in paths {
            let packet = kernel.world.fabric.takePacket()
            packet.source = source
            packet.destination = destination
            packet.content = .udp(source: sourcePort, destination: port)
            packet.hopLimit = hopLimit
            packet.trafficClass = trafficClass
            unsafe packet.payload.append(contentsOf: bytes)
            path.send(packet)
        }
        if isLost { kernel.world.schedule(LostPacket(sender, destination, port), after: LostPacket.delay) }
    }
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

    override func occur() { sender.unreachable(.noRouteToHost, to: destination, port) }
}
