/// Flags of one send or receive: `MSG_*`.
///
/// Backends always set ``noSignal`` on sends and ``controlCloseOnExec`` on receives, whether asked or not:
/// no broken connection raises a signal, and no received descriptor leaks into another program.
public struct MessageFlags: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The bits Linux's headers give the flags.
    public let rawValue: Int32

    /// Any set of bits, also ones this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension MessageFlags: SystemFlags, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("MSG_OOB", .outOfBand),
        ("MSG_PEEK", .peek),
        ("MSG_DONTROUTE", .doNotRoute),
        ("MSG_TRYHARD", .tryHard),
        ("MSG_CTRUNC", .controlTruncated),
        ("MSG_PROXY", .proxy),
        ("MSG_TRUNC", .truncated),
        ("MSG_DONTWAIT", .doNotWait),
        ("MSG_EOR", .endOfRecord),
        ("MSG_WAITALL", .waitForAll),
        ("MSG_FIN", .finish),
        ("MSG_SYN", .synchronize),
        ("MSG_CONFIRM", .confirm),
        ("MSG_RST", .reset),
        ("MSG_ERRQUEUE", .errorQueue),
        ("MSG_NOSIGNAL", .noSignal),
        ("MSG_MORE", .more),
        ("MSG_NOTIFICATION", .notification),
        ("MSG_WAITFORONE", .waitForOne),
        ("MSG_BATCH", .batch),
        ("MSG_SOCK_DEVMEM", .socketDeviceMemory),
        ("MSG_ZEROCOPY", .zeroCopy),
        ("MSG_FASTOPEN", .fastOpen),
        ("MSG_CMSG_CLOEXEC", .controlCloseOnExec),
    ]
}

extension MessageFlags {
    /// Send or receive urgent data; in a result, the data was urgent: `MSG_OOB`.
    @inlinable public static var outOfBand: Self { Self(rawValue: 0x1) }

    /// Receive and leave the data in the queue: `MSG_PEEK`.
    @inlinable public static var peek: Self { Self(rawValue: 0x2) }

    /// Send only to hosts on links of this machine, past no gateway: `MSG_DONTROUTE`.
    @inlinable public static var doNotRoute: Self { Self(rawValue: 0x4) }

    /// DECnet's name for the same bit: `MSG_TRYHARD`, the same number as ``doNotRoute``.
    @inlinable public static var tryHard: Self { .doNotRoute }

    /// In a result: control messages did not fit and were dropped: `MSG_CTRUNC`.
    @inlinable public static var controlTruncated: Self { Self(rawValue: 0x8) }

    /// Supply or ask a second address; Linux ignores it: `MSG_PROXY`.
    @inlinable public static var proxy: Self { Self(rawValue: 0x10) }

    /// In a result: the message was cut. In a receive: report its real length: `MSG_TRUNC`.
    @inlinable public static var truncated: Self { Self(rawValue: 0x20) }

    /// Fail with ``Errno/wouldBlock`` instead of waiting: `MSG_DONTWAIT`.
    @inlinable public static var doNotWait: Self { Self(rawValue: 0x40) }

    /// The data ends a record, where the protocol has records: `MSG_EOR`.
    @inlinable public static var endOfRecord: Self { Self(rawValue: 0x80) }

    /// Receive as much as was asked for, unless the stream ends or a signal comes: `MSG_WAITALL`.
    @inlinable public static var waitForAll: Self { Self(rawValue: 0x100) }

    /// The kernel's own; no protocol takes it from callers: `MSG_FIN`.
    @inlinable public static var finish: Self { Self(rawValue: 0x200) }

    /// The kernel's own; no protocol takes it from callers: `MSG_SYN`.
    @inlinable public static var synchronize: Self { Self(rawValue: 0x400) }

    /// The peer answered: its link address needs no new probe: `MSG_CONFIRM`.
    @inlinable public static var confirm: Self { Self(rawValue: 0x800) }

    /// The kernel's own; no protocol takes it from callers: `MSG_RST`.
    @inlinable public static var reset: Self { Self(rawValue: 0x1000) }

    /// Receive from the error queue; in a result, the data came from it: `MSG_ERRQUEUE`.
    @inlinable public static var errorQueue: Self { Self(rawValue: 0x2000) }

    /// A broken connection raises no `SIGPIPE`: `MSG_NOSIGNAL`.
    @inlinable public static var noSignal: Self { Self(rawValue: 0x4000) }

    /// More data follows: hold back partial packets: `MSG_MORE`.
    @inlinable public static var more: Self { Self(rawValue: 0x8000) }

    /// In a result of SCTP: an event, not data: `MSG_NOTIFICATION`, the same number as ``more``.
    @inlinable public static var notification: Self { .more }

    /// `recvmmsg(2)`: wait for the first message only: `MSG_WAITFORONE`.
    @inlinable public static var waitForOne: Self { Self(rawValue: 0x10000) }

    /// `sendmmsg(2)`: more messages follow: `MSG_BATCH`.
    @inlinable public static var batch: Self { Self(rawValue: 0x40000) }

    /// Receive into the memory of a device: `MSG_SOCK_DEVMEM`.
    @inlinable public static var socketDeviceMemory: Self { Self(rawValue: 0x2000000) }

    /// Send from the caller's memory, completion on the error queue: `MSG_ZEROCOPY`.
    @inlinable public static var zeroCopy: Self { Self(rawValue: 0x4000000) }

    /// Connect and send data in the first packet: `MSG_FASTOPEN`.
    @inlinable public static var fastOpen: Self { Self(rawValue: 0x20000000) }

    /// Received descriptors are close-on-exec: `MSG_CMSG_CLOEXEC`.
    @inlinable public static var controlCloseOnExec: Self { Self(rawValue: 0x40000000) }
}
