internal import SocketModel

// Sends and receives as the host's faults have them.
extension HostKernel {
    @inline(__always)
    func send(
        _ socket: SimulatedSocket, _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? {
        if faults.concernsTransfers { return try unsafe sendUnderFaults(socket, bytes, header, flags) }
        return try unsafe socket.send(bytes, header, flags)
    }

    @inline(__always)
    func receive(
        _ socket: SimulatedSocket, into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags,
        _ details: ReceiveDetails?
    ) throws(Errno) -> Int? {
        if faults.concernsTransfers { return try unsafe receiveUnderFaults(socket, into: room, flags, details) }
        return try unsafe socket.receive(into: room, flags, details)
    }

    private func sendUnderFaults(
        _ socket: SimulatedSocket, _ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags
    ) throws(Errno) -> Int? {
        if bufferFailures.happens(faults.bufferFailures) { throw .noBufferSpace }
        let part = unsafe socket.isStream ? UnsafeRawBufferPointer(rebasing: bytes.prefix(faults.largestSend)) : bytes
        return try unsafe socket.send(part, header, flags)
    }

    private func receiveUnderFaults(
        _ socket: SimulatedSocket, into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags,
        _ details: ReceiveDetails?
    ) throws(Errno) -> Int? {
        guard socket.isStream, room.count > 0 else { return try unsafe socket.receive(into: room, flags, details) }
        if faults.receiveRate != nil, world.now < socket.readableFrom { return awaitReader(socket) }
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: room.prefix(faults.largestReceive))
        let count = try unsafe socket.receive(into: part, flags, details)
        if let rate = faults.receiveRate, let count, !flags.contains(.peek) {
            socket.readableFrom = world.now &+ Int64(clamping: Int128(count) * 1_000_000_000 / Int128(rate))
        }
        return count
    }

    /// The reader is slow: who waits tries again when it is ready for more.
    private func awaitReader(_ socket: SimulatedSocket) -> Int? {
        if !socket.isReaderAwaited {
            socket.isReaderAwaited = true
            world.events.insert(SlowReader(socket), at: socket.readableFrom)
        }
        return nil
    }
}

/// A slow reader is ready for more.
private final class SlowReader: Event {
    private let socket: SimulatedSocket

    init(_ socket: SimulatedSocket) { self.socket = socket }

    override consuming func occur() {
        socket.isReaderAwaited = false
        socket.changed(.readable)
    }
}
