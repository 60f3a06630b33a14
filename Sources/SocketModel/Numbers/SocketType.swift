/// A socket type: `SOCK_*`, the second argument of `socket(2)`.
public struct SocketType: RawRepresentable, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The number Linux's headers give it.
    public let rawValue: Int32

    /// Names any number, also one this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension SocketType: SystemNumber, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("SOCK_STREAM", .stream),
        ("SOCK_DGRAM", .datagram),
        ("SOCK_RAW", .raw),
        ("SOCK_RDM", .reliableDatagram),
        ("SOCK_SEQPACKET", .sequencedPacket),
        ("SOCK_DCCP", .dccp),
        ("SOCK_PACKET", .packet),
    ]
}

extension SocketType {
    /// The type, and the flags that C lets be written with it.
    package var split: (type: Self, flags: SocketTypeFlags) {
        let flags = SocketTypeFlags(rawValue: rawValue).intersection([.nonBlocking, .closeOnExec])
        return (Self(rawValue: rawValue & ~flags.rawValue), flags)
    }

    /// A reliable stream of bytes between two ends: `SOCK_STREAM`.
    @inlinable public static var stream: Self { Self(rawValue: 1) }

    /// Messages that may be lost, repeated or reordered: `SOCK_DGRAM`.
    @inlinable public static var datagram: Self { Self(rawValue: 2) }

    /// Access to the protocol below; needs a privilege: `SOCK_RAW`.
    @inlinable public static var raw: Self { Self(rawValue: 3) }

    /// Messages that arrive, in any order: `SOCK_RDM`.
    @inlinable public static var reliableDatagram: Self { Self(rawValue: 4) }

    /// Messages that arrive, in order, between two ends: `SOCK_SEQPACKET`.
    @inlinable public static var sequencedPacket: Self { Self(rawValue: 5) }

    /// Congestion-controlled datagrams between two ends: `SOCK_DCCP`.
    @inlinable public static var dccp: Self { Self(rawValue: 6) }

    /// Frames of a link; obsolete, use ``AddressFamily/packet``: `SOCK_PACKET`.
    @inlinable public static var packet: Self { Self(rawValue: 10) }
}
