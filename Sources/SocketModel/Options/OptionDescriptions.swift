// How the values that are more than a number or a name read to people: in listings, logs and errors.

extension UnicastInterface: CustomStringConvertible {
    /// `interface 3`, or `any interface`.
    public var description: String { interfaceText(UInt64(index)) }
}

extension LocalPortRange: CustomStringConvertible {
    /// `40000...50000`, or `the system's` where neither end is set.
    public var description: String { lowest == 0 && highest == 0 ? "the system's" : "\(lowest)...\(highest)" }
}

extension SocketMemory: CustomStringConvertible {
    /// What is in use of each direction's limit, in bytes, and how many packets were dropped.
    public var description: String {
        let receiving = "receive \(receiveAllocated ?? 0)/\(receiveLimit ?? 0)"
        return "\(receiving), send \(sendAllocated ?? 0)/\(sendLimit ?? 0) bytes, \(drops ?? 0) dropped"
    }
}

extension IPv4MulticastInterface: CustomStringConvertible {
    /// `192.0.2.1`, `interface 3`, both, or `any interface`.
    public var description: String {
        if address == .any { return interfaceText(UInt64(clamping: index)) }
        return index == 0 ? "\(address)" : "\(address), interface \(index)"
    }
}

extension ICMPv6Filter: CustomStringConvertible {
    /// `passes all`, `blocks all`, or how many of the 256 types pass.
    public var description: String {
        let blocked = words.reduce(0) { $0 + $1.nonzeroBitCount }
        return blocked == 0 ? "passes all" : blocked == 256 ? "blocks all" : "passes \(256 - blocked) of 256 types"
    }
}

extension TCPSignatureKey: CustomStringConvertible {
    /// The peer and the key's length: a key has no place in a log.
    public var description: String {
        "\(peer)\(prefixLength.map { "/\($0)" } ?? ""), \(key.isEmpty ? "no key" : "a key of \(key.count) bytes")"
    }
}

extension PeerCredentials: CustomStringConvertible {
    /// `pid 17, uid 1000, gid 100`; `none` where there is no peer.
    public var description: String {
        if processID == 0 && userID == .max { return "none" }
        return "pid \(processID), uid \(userID), gid \(groupID)"
    }
}

extension PathMTU: CustomStringConvertible {
    /// `1280 bytes to 2001:db8::1`, with the zone's number where there is one.
    public var description: String { "\(mtu) bytes to \(destination)\(scope == 0 ? "" : "%\(scope)")" }
}

extension PathMTUDiscovery: CustomStringConvertible {
    /// The member's name, or the number.
    public var description: String {
        let names = ["never", "perRoute", "always", "probe", "interface", "omit"]
        return Int(exactly: rawValue).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? "\(rawValue)"
    }
}

extension TypeOfService: CustomStringConvertible {
    /// `DSCP 46, ECN 0`.
    public var description: String { "DSCP \(codePoint), ECN \(ecn)" }
}

extension BufferLocks: CustomStringConvertible {
    /// The members in brackets, such as `[send]`.
    public var description: String { setText(rawValue, [(1, "send"), (2, "receive")]) }
}

extension AddressPreferences: CustomStringConvertible {
    /// The members in brackets, such as `[publicAddress, home]`.
    public var description: String {
        setText(
            rawValue,
            [
                (0x1, "temporary"), (0x2, "publicAddress"), (0x100, "temporaryOrPublicDefault"), (0x4, "careOf"),
                (0x400, "home"),
                (0x8, "cryptographic"), (0x800, "nonCryptographic"),
            ])
    }
}

extension TimestampingFlags: CustomStringConvertible {
    /// The members in brackets, such as `[receiveSoftware, reportSoftware]`.
    public var description: String {
        setText(rawValue, Self.names.enumerated().map { (UInt32(1) << UInt32($0.offset), $0.element) })
    }

    private static let names = [
        "transmitHardware", "transmitSoftware", "receiveHardware", "receiveSoftware", "reportSoftware",
        "reportSystemHardware", "reportRawHardware", "identify", "transmitScheduled", "transmitAcknowledged",
        "controlMessages", "stampOnly", "statistics", "packetInfo", "bothTransmitStamps", "bindClock", "identifyTCP",
        "filterReceived", "transmitCompleted",
    ]
}

extension Timestamping: CustomStringConvertible {
    /// The flags, and the clock where one is bound.
    public var description: String { boundClock == 0 ? "\(flags)" : "\(flags), clock \(boundClock)" }
}

extension TransmitTime.Flags: CustomStringConvertible {
    /// The members in brackets, such as `[deadline]`.
    public var description: String { setText(rawValue, [(1, "deadline"), (2, "reportErrors")]) }
}

extension TransmitTime: CustomStringConvertible {
    /// The clock's number and the flags.
    public var description: String { "clock \(clock), \(flags)" }
}

func interfaceText(_ index: UInt64) -> String { index == 0 ? "any interface" : "interface \(index)" }

/// The names of the bits that are set, and the rest as a number.
private func setText<Bits: FixedWidthInteger>(_ value: Bits, _ names: [(bit: Bits, name: String)]) -> String {
    var rest = value
    var found: [String] = []
    for (bit, name) in names where value & bit != 0 {
        found.append(name)
        rest &= ~bit
    }
    if rest != 0 { found.append("0x" + String(rest, radix: 16)) }
    return "[" + found.joined(separator: ", ") + "]"
}
