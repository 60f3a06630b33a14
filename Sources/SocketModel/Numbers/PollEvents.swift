/// Events a socket is watched for, or has: `POLL*`, `events` and `revents` of `poll(2)`.
///
/// ``error``, ``hangUp`` and ``invalid`` are reported whether asked for or not.
public struct PollEvents: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The bits Linux's headers give the flags.
    public let rawValue: Int16

    /// Any set of bits, also ones this package has no name for.
    @inlinable public init(rawValue: Int16) { self.rawValue = rawValue }
}

extension PollEvents: SystemFlags, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("POLLIN", .readable),
        ("POLLPRI", .priority),
        ("POLLOUT", .writable),
        ("POLLERR", .error),
        ("POLLHUP", .hangUp),
        ("POLLNVAL", .invalid),
        ("POLLRDNORM", .normalReadable),
        ("POLLRDBAND", .bandReadable),
        ("POLLWRNORM", .normalWritable),
        ("POLLWRBAND", .bandWritable),
        ("POLLMSG", .message),
        ("POLLREMOVE", .remove),
        ("POLLRDHUP", .readHangUp),
    ]
}

extension PollEvents {
    /// A receive or an accept would not wait: `POLLIN`.
    @inlinable public static var readable: Self { Self(rawValue: 0x1) }

    /// Something exceptional: urgent data on TCP: `POLLPRI`.
    @inlinable public static var priority: Self { Self(rawValue: 0x2) }

    /// A send would not wait, or a connect has ended: `POLLOUT`.
    @inlinable public static var writable: Self { Self(rawValue: 0x4) }

    /// An error is pending, or the error queue has an entry: `POLLERR`.
    @inlinable public static var error: Self { Self(rawValue: 0x8) }

    /// Both halves are shut down; data may still be readable: `POLLHUP`.
    @inlinable public static var hangUp: Self { Self(rawValue: 0x10) }

    /// The descriptor is not open: `POLLNVAL`.
    @inlinable public static var invalid: Self { Self(rawValue: 0x20) }

    /// Normal data is readable: `POLLRDNORM`.
    @inlinable public static var normalReadable: Self { Self(rawValue: 0x40) }

    /// Data of a priority band is readable: `POLLRDBAND`.
    @inlinable public static var bandReadable: Self { Self(rawValue: 0x80) }

    /// Normal data can be written: `POLLWRNORM`.
    @inlinable public static var normalWritable: Self { Self(rawValue: 0x100) }

    /// Data of a priority band can be written: `POLLWRBAND`.
    @inlinable public static var bandWritable: Self { Self(rawValue: 0x200) }

    /// Linux never reports it: `POLLMSG`.
    @inlinable public static var message: Self { Self(rawValue: 0x400) }

    /// Linux never reports it: `POLLREMOVE`.
    @inlinable public static var remove: Self { Self(rawValue: 0x1000) }

    /// The peer sends no more: it closed, or shut down its sending half: `POLLRDHUP`.
    @inlinable public static var readHangUp: Self { Self(rawValue: 0x2000) }
}
