/// A segment's header without its addresses: the fields of RFC 9293, 3.1, that the simulation has a use for.
struct TCPHeader: Hashable, BitwiseCopyable {
    var sourcePort: UInt16 = 0
    var destinationPort: UInt16 = 0
    var sequence: UInt32 = 0
    var acknowledgement: UInt32 = 0
    var flags: TCPFlags = []
    /// As on the wire: not scaled.
    var window: UInt16 = 0
    /// The option, which only a SYN has; 0 when it is absent.
    var maximumSegment: UInt16 = 0
    /// The option, which only a SYN has; 255 when it is absent.
    var windowScale: UInt8 = 255

    /// How much of the sequence space a segment with so many bytes takes.
    @inline(__always) func length(_ payload: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: payload) &+ (flags.contains(.syn) ? 1 : 0) &+ (flags.contains(.fin) ? 1 : 0)
    }

    /// The RST that answers a segment nobody is there for; nil when that segment is a RST itself (RFC 9293, 3.10.7.1).
    func reset(payloadCount: Int) -> TCPHeader? {
        guard !flags.contains(.reset) else { return nil }
        var reset = TCPHeader(sourcePort: destinationPort, destinationPort: sourcePort)
        if flags.contains(.acknowledge) {
            reset.sequence = acknowledgement
            reset.flags = .reset
        } else {
            reset.acknowledgement = sequence &+ length(payloadCount)
            reset.flags = [.reset, .acknowledge]
        }
        return reset
    }
}

/// A segment's control bits, as on the wire.
struct TCPFlags: OptionSet, Hashable, BitwiseCopyable {
    let rawValue: UInt8
    static var fin: TCPFlags { TCPFlags(rawValue: 1) }
    static var syn: TCPFlags { TCPFlags(rawValue: 2) }
    static var reset: TCPFlags { TCPFlags(rawValue: 4) }
    static var push: TCPFlags { TCPFlags(rawValue: 8) }
    static var acknowledge: TCPFlags { TCPFlags(rawValue: 16) }
    static var urgent: TCPFlags { TCPFlags(rawValue: 32) }
}
