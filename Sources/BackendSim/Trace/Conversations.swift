internal import SocketModel

/// What is known of each direction of each TCP connection in a trace: where its sequence numbers begin, and how it scales its window.
struct Conversations {
    /// A segment's numbers, counted from the beginning of its connection.
    struct Numbers {
        var sequence: UInt32
        /// Nil where the segment acknowledges nothing.
        var acknowledgement: UInt32?
        /// Bytes.
        var window: Int
    }

    private struct Direction {
        var start: UInt32
        /// Nil where it does not scale.
        var scale: UInt8?
    }

    private var known: [ConnectionKey: Direction] = [:]

    /// Takes a segment in that leaves, and makes its numbers readable.
    mutating func numbers(_ packet: TracedPacket, _ header: TCPHeader) -> Numbers {
        let way = ConnectionKey(
            local: packet.source, remote: packet.destination, localPort: header.sourcePort,
            remotePort: header.destinationPort)
        let back = ConnectionKey(
            local: way.remote, remote: way.local, localPort: way.remotePort, remotePort: way.localPort)
        if header.flags.contains(.syn) {
            known[way] = Direction(
                start: header.sequence, scale: header.windowScale == 255 ? nil : header.windowScale)
        }
        let own = remember(way, header.sequence)
        let numbers = Numbers(
            sequence: header.sequence &- own.start, acknowledgement: acknowledgement(header, back),
            window: Int(header.window) << Int(header.flags.contains(.syn) ? 0 : scale(own, known[back])))
        return numbers
    }

    private mutating func acknowledgement(_ header: TCPHeader, _ back: ConnectionKey) -> UInt32? {
        guard header.flags.contains(.acknowledge) else { return nil }
        return header.acknowledgement &- remember(back, header.acknowledgement).start
    }

    /// A connection that began before the trace counts from the first number that is seen.
    private mutating func remember(_ way: ConnectionKey, _ number: UInt32) -> Direction {
        if let direction = known[way] { return direction }
        let direction = Direction(start: number)
        known[way] = direction
        return direction
    }

    private func scale(_ own: Direction, _ other: Direction?) -> UInt8 {
        guard let scale = own.scale, other?.scale != nil else { return 0 }
        return scale
    }
}
