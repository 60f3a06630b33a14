/// Whether an option can be read, set, or both.
public enum OptionAccess: String, Hashable, Sendable, Codable, CaseIterable {
    /// `getsockopt(2)` only.
    case readOnly
    /// `setsockopt(2)` only.
    case writeOnly
    /// Both.
    case readWrite

    /// Whether `getsockopt(2)` works.
    public var isReadable: Bool { self != .writeOnly }
    /// Whether `setsockopt(2)` works.
    public var isWritable: Bool { self != .readOnly }
}

/// A socket option: its level and number for the kernel, and the Swift type of its value.
///
/// ```swift
/// try socket.set(.tcp.noDelay, true)
/// let size = try socket.get(.socket.receiveBufferSize)
/// ```
///
/// The known options are members of ``SocketOption/socket``, ``SocketOption/ip``, ``SocketOption/ipv6``,
/// ``SocketOption/tcp``, ``SocketOption/udp``, ``SocketOption/udpLite`` and ``SocketOption/icmp``. For any other, make a
/// value of your own, once:
///
/// ```swift
/// extension TCPOptions {
///     var myOption: SocketOption<Int> {
///         SocketOption(level: OptionLevel(rawValue: 6), name: 99, cName: "TCP_MY_OPTION", .readWrite)
///     }
/// }
/// ```
public struct SocketOption<Value: SocketOptionValue>: Hashable, Sendable, CustomStringConvertible {
    /// The level: the second argument of `getsockopt(2)`.
    public let level: OptionLevel
    /// The option's number: the third argument of `getsockopt(2)`.
    public let name: Int32
    /// Whether it can be read, set, or both.
    public let access: OptionAccess
    /// How many bytes to offer to `getsockopt(2)`, and the most that may be set: for text that counts the
    /// closing NUL.
    public let capacity: Int
    /// The sockets it applies to.
    public let kinds: SocketKinds
    let symbol: StaticString

    /// The name in C's headers, such as `TCP_NODELAY`.
    public var cName: String { String(describing: symbol) }

    /// Describes an option; `capacity` is by default the value type's ``SocketOptionValue/optionLength``.
    public init(
        level: OptionLevel, name: Int32, cName: StaticString, _ access: OptionAccess, capacity: Int? = nil,
        kinds: SocketKinds = .all
    ) {
        self.level = level
        self.name = name
        self.access = access
        self.capacity = capacity ?? Value.optionLength
        self.kinds = kinds
        symbol = cName
    }

    /// The bytes that set this option to `value`.
    ///
    /// - Throws: ``OptionValueError`` naming the option, when it is read-only or the value does not fit.
    public func encode(_ value: Value) throws(OptionValueError) -> OptionBytes {
        guard access.isWritable else { throw OptionValueError(.notWritable, option: cName) }
        do throws(OptionValueError) {
            let bytes = try value.optionBytes()
            guard bytes.count <= capacity else {
                // The closing NUL of a text is ours, not the caller's.
                let closing = Value.self == String.self ? 1 : 0
                throw OptionValueError(.tooLong(count: bytes.count - closing, limit: capacity - closing))
            }
            return bytes
        } catch {
            throw error.about(symbol)
        }
    }

    /// The value in the bytes `getsockopt(2)` gave.
    ///
    /// - Throws: ``OptionValueError`` naming the option, when it is write-only or the bytes mean nothing.
    public func decode(_ bytes: OptionBytes) throws(OptionValueError) -> Value {
        guard access.isReadable else { throw OptionValueError(.notReadable, option: cName) }
        do throws(OptionValueError) {
            return try Value(optionBytes: bytes)
        } catch {
            throw error.about(symbol)
        }
    }

    /// The same option of another value type is another Swift type; of this one, level and number tell them apart.
    public static func == (left: Self, right: Self) -> Bool { left.level == right.level && left.name == right.name }

    /// Hashes level and number.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(level)
        hasher.combine(name)
    }

    /// The C name.
    public var description: String { cName }
}
