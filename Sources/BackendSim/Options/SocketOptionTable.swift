internal import SocketModel

/// What is set on a socket: only what differs from ``OptionRow/initial`` takes memory, and sockets that a listener makes share it.
struct SocketOptionTable {
    /// Which rows hold for it.
    let kind: SocketKinds
    private var differing: [Entry] = []

    // What every packet and every receive ask for is kept beside.
    private var hasPeekOffset = false
    private(set) var hops: UInt8 = 64
    private(set) var hops6: UInt8 = 64
    private(set) var typeOfService: UInt8 = 0
    private(set) var trafficClass6: UInt8 = 0
    /// `SO_RCVBUF`, doubled as the kernel does.
    private(set) var receiveBuffer: Int

    private struct Entry {
        var key: OptionKey
        var value: Int64
    }

    init(_ family: AddressFamily, _ type: SocketType, _ number: IPProtocol) {
        kind = SocketKinds(family: family, type: type, protocol: number)
        receiveBuffer = kind.isSubset(of: .tcp) ? 131_072 : 212_992
    }

    /// The value of an option that is a number; `initial` while none was set.
    func value(_ key: OptionKey, initial: Int64) -> Int64 {
        differing.first { $0.key == key }?.value ?? initial
    }

    /// Whether an option is on that is off at first.
    func isOn(_ key: OptionKey) -> Bool { value(key, initial: 0) != 0 }

    /// Whether it was set to anything but its initial value.
    func isSet(_ key: OptionKey) -> Bool { differing.contains { $0.key == key } }

    private mutating func store(_ key: OptionKey, _ value: Int64, initial: Int64) {
        differing.removeAll { $0.key == key }
        if value != initial { differing.append(Entry(key: key, value: value)) }
        switch key {
        case .timeToLive: hops = UInt8(truncatingIfNeeded: value)
        case .unicastHops6: hops6 = UInt8(truncatingIfNeeded: value)
        case .typeOfService: typeOfService = UInt8(truncatingIfNeeded: value)
        case .trafficClass6: trafficClass6 = UInt8(truncatingIfNeeded: value)
        case .receiveBuffer: receiveBuffer = Int(value)
        case .peekOffset: hasPeekOffset = value >= 0
        default: break
        }
    }

    private mutating func store(_ key: OptionKey, _ value: Int64) {
        store(key, value, initial: OptionRow.find(key, kind)?.initial ?? 0)
    }
}

// MARK: Whole tables

extension SocketOptionTable {
    /// The table for a connection that a listener makes.
    var inherited: SocketOptionTable {
        var table = self
        table.differing.removeAll { [.priority, .cookie, .deferAccept].contains($0.key) }
        return table
    }

    /// `SO_PEEK_OFF`: where the next peek begins.
    var peekOffset: Int { hasPeekOffset ? Int(max(value(.peekOffset, initial: -1), 0)) : 0 }

    /// Bytes were peeked at, or taken away; nothing happens while the offset is off.
    @inline(__always)
    mutating func movePeekOffset(by count: Int) {
        if hasPeekOffset { storePeekOffset(movedBy: count) }
    }

    private mutating func storePeekOffset(movedBy count: Int) {
        let offset = value(.peekOffset, initial: -1)
        if offset >= 0 { store(.peekOffset, max(offset + Int64(count), 0), initial: -1) }
    }

    /// `IP_MULTICAST_IF`: an interface, 0 for any, and the address it was named by, which is what reads back.
    var multicastInterface: (number: UInt32, address: IPv4Address) {
        let value = UInt64(bitPattern: value(.multicastInterface, initial: 0))
        return (UInt32(value >> 32), IPv4Address(rawValue: UInt32(bigEndian: UInt32(truncatingIfNeeded: value))))
    }

    mutating func chooseMulticastInterface(_ number: UInt32, _ address: IPv4Address) {
        let value = UInt64(number) << 32 | UInt64(address.rawValue.bigEndian)
        store(.multicastInterface, Int64(bitPattern: value), initial: 0)
    }

    /// Takes over what a listener hands to its connections: what may come with messages.
    mutating func inheritPassing(from other: SocketOptionTable) {
        store(.passCredentials, other.value(.passCredentials, initial: 0), initial: 0)
        store(.passRights, other.value(.passRights, initial: 1), initial: 1)
    }

    /// Gives the socket a number that no other has.
    mutating func becomeIPv6Only() { store(.v6Only, 1, initial: 0) }

    mutating func identify(_ cookie: Int64) { store(.cookie, cookie, initial: 0) }
}

// MARK: Reading

extension SocketOptionTable {
    /// The option's value, cut to `length` as the kernel does.
    func read(_ row: OptionRow, _ key: OptionKey, length: Int) throws(Errno) -> OptionBytes {
        let value = value(key, initial: row.initial)
        switch row.reading {
        case .integer: return OptionBytes(value, length: length)
        case .integerOrByte:
            let isByte = (1..<4).contains(length) && (0...255).contains(value)
            return OptionBytes(value, length: isByte ? 1 : length)
        case .wide: return length < 8 ? OptionBytes(value, length: length) : OptionBytes(integer: value)
        case .time: return OptionBytes(words: [value / 1_000_000, value % 1_000_000], length: length)
        case .linger:
            return OptionBytes(words: [value < 0 ? 0 : 1 | value << 32], length: length)
        case .bytes(let bytes): return OptionBytes(bytes.prefix(length))
        case .error(let error): throw error
        }
    }
}

// MARK: Setting

extension SocketOptionTable {
    /// Sets an option that is nothing but a value.
    mutating func set(_ row: OptionRow, _ key: OptionKey, _ bytes: OptionBytes) throws(Errno) {
        let number = bytes.number(row.level)
        switch row.rule {
        case .flag: store(key, number == 0 ? 0 : 1, initial: row.initial)
        case .integer(let range):
            guard range.contains(Int64(number)) else { throw .invalidArgument }
            store(key, Int64(number), initial: row.initial)
        case .orInitial(let range):
            guard number == -1 || range.contains(Int64(number)) else { throw .invalidArgument }
            store(key, number == -1 ? row.initial : Int64(number), initial: row.initial)
        case .number(let make): store(key, try make(number), initial: row.initial)
        case .ignored: break
        case .refused(let error): if Int64(number) != row.initial { throw error }
        case .error(let error): throw error
        case .special: try setSpecial(key, number, bytes)
        case .live: throw .protocolNotAvailable
        }
        if key == .typeOfService { store(.priority, Self.priority(of: number)) }
        if key == .freeBind6 { store(.freeBind, number == 0 ? 0 : 1) }
        if key == .freeBind { store(.freeBind6, number == 0 ? 0 : 1) }
    }

    private mutating func setSpecial(_ key: OptionKey, _ number: Int32, _ bytes: OptionBytes) throws(Errno) {
        switch key {
        case .sendBuffer: setBuffer(.sendBuffer, min(Self.asked(number), Self.largestBuffer))
        case .receiveBuffer: setBuffer(.receiveBuffer, min(Self.asked(number), Self.largestBuffer))
        case .forcedSendBuffer: setBuffer(.sendBuffer, Int64(max(number, 0)))
        case .forcedReceiveBuffer: setBuffer(.receiveBuffer, Int64(max(number, 0)))
        case .linger: try setLinger(bytes)
        case .timestamp, .timestampNanoseconds:
            store(.timestamp, key == .timestamp && number != 0 ? 1 : 0)
            store(.timestampNanoseconds, key == .timestampNanoseconds && number != 0 ? 1 : 0)
        case .boundDevice: try Self.checkDevice(bytes)
        default: store(key, try Self.microseconds(bytes))
        }
    }

    /// `net.core.wmem_max` and `net.core.rmem_max`.
    private static let largestBuffer: Int64 = 212_992

    /// The kernel compares sizes without sign.
    private static func asked(_ number: Int32) -> Int64 { Int64(UInt32(bitPattern: number)) }

    /// Twice what is asked for, at least two packets of the smallest kind; nothing adjusts it from now on.
    private mutating func setBuffer(_ key: OptionKey, _ asked: Int64) {
        let isSend = key == .sendBuffer
        let doubled = min(asked, Int64(Int32.max / 2)) * 2
        store(key, max(doubled, isSend ? 4608 : 2304))
        store(.bufferLocks, value(.bufferLocks, initial: 0) | (isSend ? 1 : 2))
    }

    private mutating func setLinger(_ bytes: OptionBytes) throws(Errno) {
        guard let isOn = bytes.load(Int32.self, at: 0), let seconds = bytes.load(UInt32.self, at: 4) else {
            throw .invalidArgument
        }
        store(.linger, isOn == 0 ? -1 : Int64(min(seconds, UInt32(Int32.max))), initial: -1)
    }

    /// A `struct timeval`, rounded up to the kernel's clock tick of 4 ms.
    private static func microseconds(_ bytes: OptionBytes) throws(Errno) -> Int64 {
        guard let seconds = bytes.load(Int64.self, at: 0), let rest = bytes.load(Int64.self, at: 8) else {
            throw .invalidArgument
        }
        guard (0..<1_000_000).contains(rest) else { throw .outOfDomain }
        // What the kernel's counter of ticks does not hold is for ever.
        guard seconds >= 0, seconds < Int64.max / 1_000_000 - 1 else { return 0 }
        return seconds * 1_000_000 + (rest + 3999) / 4000 * 4000
    }

    private static func checkDevice(_ bytes: OptionBytes) throws(Errno) {
        let name = Array(bytes.prefix(15).prefix { $0 != 0 })
        if name.isEmpty { return }
        let isKnown = HostAddresses.interfaces.contains { Array($0.name.utf8) == name }
        throw isKnown ? .notSupported : .operationNotSupportedByDevice
    }

    /// The queueing priority that a type of service stands for: the kernel's `ip_tos2prio`.
    private static func priority(of typeOfService: Int32) -> Int64 { [0, 2, 6, 4][Int(typeOfService >> 3 & 3)] }
}

// MARK: Bytes

extension OptionBytes {
    /// As much of a C `int` as there is room for.
    init(_ value: Int64, length: Int) {
        self.init(integer: Int32(truncatingIfNeeded: value))
        truncate(to: length)
    }

    /// As much of several 64-bit words as there is room for.
    init(words: [Int64], length: Int) {
        self.init(zeros: words.count * 8)
        for (index, word) in words.enumerated() { store(word, at: index * 8) }
        truncate(to: length)
    }

    /// A `struct sockaddr`.
    init(address: SocketAddress) {
        unsafe self.init(capacity: SocketAddressCoding.capacity) { buffer in
            unsafe SocketAddressCoding.encode(address, into: buffer) ?? 0
        }
    }

    /// The number that the kernel reads: a C `int`; of options of IP, where there is no room for one, a byte.
    fileprivate func number(_ level: OptionLevel) -> Int32 {
        if let number = load(Int32.self, at: 0) { return number }
        return level == .ip ? Int32(first ?? 0) : 0
    }
}
