/// A socket option whose value type is known at run time only: a row of the table of all options.
public struct AnySocketOption: Hashable, Sendable, CustomStringConvertible {
    /// How to write it in Swift, such as `.tcp.noDelay`.
    public let swiftName: String
    /// The name in C's headers, such as `TCP_NODELAY`.
    public let cName: String
    /// The level: the second argument of `getsockopt(2)`.
    public let level: OptionLevel
    /// The option's number: the third argument of `getsockopt(2)`.
    public let name: Int32
    /// Whether it can be read, set, or both.
    public let access: OptionAccess
    /// How many bytes to offer to `getsockopt(2)`.
    public let capacity: Int
    /// The sockets it applies to.
    public let kinds: SocketKinds
    /// The Swift type of its values, such as `Bool`.
    public let valueTypeName: String
    /// Whether the value is a classic BPF program, so that whoever makes the system call must put a pointer to
    /// the bytes, and their count divided by eight, into a `struct sock_fprog`.
    public let isFilterProgram: Bool
    private let describeValue: @Sendable (OptionBytes) -> String

    /// Forgets an option's value type.
    public init<Value>(_ option: SocketOption<Value>, swiftName: String) {
        self.swiftName = swiftName
        cName = option.cName
        level = option.level
        name = option.name
        access = option.access
        capacity = option.capacity
        kinds = option.kinds
        valueTypeName = readableName(of: Value.self)
        isFilterProgram = Value.self == [BPFInstruction].self
        describeValue = { bytes in
            do throws(OptionValueError) {
                return valueDescription(try Value(optionBytes: bytes))
            } catch {
                return "\(bytes) (\(error.about(option.symbol)))"
            }
        }
    }

    /// The value in the kernel's bytes as text for people; bytes that mean nothing are shown in hexadecimal.
    public func describe(_ bytes: OptionBytes) -> String { describeValue(bytes) }

    /// Whether reading changes something: it clears the pending error, drops the headers kept, or opens a descriptor that
    /// the reader must close. A listing of options should leave these out.
    public var isChangedByReading: Bool { ["SO_ERROR", "TCP_SAVED_SYN", "SO_PEERPIDFD"].contains(cName) }

    /// Whether the option applies to the sockets `socket(family, type, protocol)` makes.
    public func applies(
        to family: AddressFamily, _ type: SocketType, protocol: IPProtocol = IPProtocol(rawValue: 0)
    ) -> Bool {
        !kinds.isDisjoint(with: SocketKinds(family: family, type: type, protocol: `protocol`))
    }

    /// Two rows are equal when they are the same member.
    public static func == (left: Self, right: Self) -> Bool { left.swiftName == right.swiftName }

    /// Hashes the Swift name.
    public func hash(into hasher: inout Hasher) { hasher.combine(swiftName) }

    /// The Swift name.
    public var description: String { swiftName }
}

extension AnySocketOption {
    /// Every option this package has a member for, group by group in the order of their declarations.
    ///
    /// The rows are read off the groups' own stored properties, so the table cannot miss a member.
    public static let all: [AnySocketOption] =
        rows(of: SocketLevelOptions.shared, prefix: ".socket.")
        + rows(of: IPOptions.shared, prefix: ".ip.")
        + rows(of: IPv6Options.shared, prefix: ".ipv6.")
        + rows(of: TCPOptions.shared, prefix: ".tcp.")
        + rows(of: UDPOptions.shared, prefix: ".udp.")
        + rows(of: UDPLiteOptions.shared, prefix: ".udpLite.")
        + rows(of: ICMPOptions.shared, prefix: ".icmp.")

    private static func rows(of group: some Sendable, prefix: String) -> [AnySocketOption] {
        Mirror(reflecting: group).children.compactMap { child in
            guard let label = child.label, let option = child.value as? any TableOption else { return nil }
            return option.row(swiftName: prefix + label)
        }
    }
}

/// Lets the table open a member's value type.
private protocol TableOption {
    func row(swiftName: String) -> AnySocketOption
}

extension SocketOption: TableOption {
    fileprivate func row(swiftName: String) -> AnySocketOption { AnySocketOption(self, swiftName: swiftName) }
}

/// `Bool` for `Swift.Bool`, `[UInt8]` for `Array<UInt8>`, `Errno?` for `Optional<Errno>`.
private func readableName<Value>(of type: Value.Type) -> String {
    if type == [UInt8].self { return "[UInt8]" }
    if type == [UInt32].self { return "[UInt32]" }
    if type == [BPFInstruction].self { return "[BPFInstruction]" }
    if type == [TCPRepairOption].self { return "[TCPRepairOption]" }
    if type == Errno?.self { return "Errno?" }
    return String(describing: type)
}

/// Text for people: bytes in hexadecimal, text in quotes, everything else as it describes itself.
private func valueDescription<Value: SocketOptionValue>(_ value: Value) -> String {
    switch value {
    case let bytes as [UInt8]: bytes.isEmpty ? "(empty)" : hexadecimal(bytes)
    case let text as String: "\"\(text)\""
    case let error as Errno?: error.map { "\($0)" } ?? "none"
    default: "\(value)"
    }
}
