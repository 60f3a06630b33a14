internal import SocketModel

// What the options of groups say: structures of `ip(7)`, `ipv6(7)` and RFC 3678.
extension GroupCall {
    /// The request of an option with that number, of IPv4; nil for an option that is none.
    init?(ip name: Int32, _ bytes: OptionBytes, _ addresses: HostAddresses) throws(Errno) {
        switch name {
        case 35, 36:
            let value = try Self.value(IPv4Membership.self, bytes)
            let named = value.interfaceIndex == 0 ? addresses.interface(named: value.interfaceAddress) : nil
            self.init(
                change: name == 35 ? .join : .leave, group: .v4(value.group),
                interface: value.interfaceIndex == 0 ? named : UInt32(bitPattern: value.interfaceIndex))
        case 37...40:
            let value = try Self.value(IPv4SourceMembership.self, bytes)
            guard bytes.count == 12 else { throw .invalidArgument }
            let order: [Int32] = [44, 43, 46, 47]
            self.init(
                change: Self.change(order[Int(name) - 37], .v4(value.source)), group: .v4(value.group),
                interface: addresses.interface(named: value.interfaceAddress))
        case 41:
            let value = try Self.filter(IPv4SourceFilter.self, bytes, countAt: 12, limit: 10)
            self.init(
                change: .filter(value.mode, value.sources.map { .v4($0) }), group: .v4(value.group),
                interface: addresses.interface(named: value.interfaceAddress))
        default: try self.init(mcast: name, bytes, IPv4Address.self) { .v4($0) }
        }
    }

    /// The same of IPv6.
    init?(ipv6 name: Int32, _ bytes: OptionBytes) throws(Errno) {
        guard name == 20 || name == 21 else {
            try self.init(mcast: name, bytes, IPv6Address.self) { .v6($0) }
            return
        }
        let value = try Self.value(IPv6Membership.self, bytes)
        self.init(change: name == 20 ? .join : .leave, group: .v6(value.group), interface: value.interfaceIndex)
    }

    /// The requests that both have, with the same numbers.
    private init?<Address: GroupAddress>(
        mcast name: Int32, _ bytes: OptionBytes, _ type: Address.Type, _ make: (Address) -> IPAddress
    ) throws(Errno) {
        switch name {
        case 42, 45:
            let value = try Self.value(GroupRequest<Address>.self, bytes)
            guard bytes.count >= GroupRequest<Address>.optionLength else { throw .invalidArgument }
            self.init(
                change: name == 42 ? .join : .leave, group: make(value.group), interface: value.interfaceIndex)
        case 43, 44, 46, 47:
            guard bytes.count >= SourceGroupRequest<Address>.optionLength else { throw .invalidArgument }
            guard let value = try? SourceGroupRequest<Address>(optionBytes: bytes) else { throw .addressNotAvailable }
            self.init(
                change: Self.change(name, make(value.source)), group: make(value.group), interface: value.interfaceIndex
            )
        case 48:
            let limit: UInt32 = Address.self == IPv4Address.self ? 10 : 64
            let value = try Self.filter(GroupFilter<Address>.self, bytes, countAt: 140, limit: limit)
            self.init(
                change: .filter(value.mode, value.sources.map(make)), group: make(value.group),
                interface: value.interfaceIndex)
        default: return nil
        }
    }

    private static func value<Value: SocketOptionValue>(
        _ type: Value.Type, _ bytes: OptionBytes
    ) throws(Errno) -> Value {
        guard let value = try? Value(optionBytes: bytes) else { throw .invalidArgument }
        return value
    }

    /// A filter of at most so many senders.
    private static func filter<Value: SocketOptionValue>(
        _ type: Value.Type, _ bytes: OptionBytes, countAt offset: Int, limit: UInt32
    ) throws(Errno) -> Value {
        if let count = bytes.load(UInt32.self, at: offset), count > limit { throw .noBufferSpace }
        return try value(type, bytes)
    }

    private static func change(_ name: Int32, _ source: IPAddress) -> GroupChange {
        switch name {
        case 43: .block(source)
        case 44: .unblock(source)
        case 46: .addSource(source)
        default: .dropSource(source)
        }
    }
}
