import Glibc
import SocketModel
import Testing

// Options on real sockets, by the model's own bytes. Nothing leaves the host.

private final class Descriptor {
    let number: Int32
    init?(_ kind: SocketKinds) {
        let arguments: (Int32, Int32, Int32)? =
            switch kind {
            case .tcp4: (AF_INET, 1, 0)
            case .tcp6: (AF_INET6, 1, 0)
            case .udp4: (AF_INET, 2, 0)
            case .udp6: (AF_INET6, 2, 0)
            case .udpLite4: (AF_INET, 2, 136)
            case .raw4: (AF_INET, 3, 1)
            case .raw6: (AF_INET6, 3, 58)
            case .unixStream: (AF_UNIX, 1, 0)
            default: nil
            }
        guard let (family, type, number) = arguments else { return nil }
        let descriptor = Glibc.socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        guard descriptor >= 0 else { return nil }
        self.number = descriptor
    }
    deinit { _ = Glibc.close(number) }

    func get(_ option: AnySocketOption) -> (bytes: OptionBytes, error: Int32) {
        var error: Int32 = 0
        let bytes = unsafe OptionBytes(capacity: option.capacity) { buffer in
            var length = socklen_t(buffer.count)
            let result = unsafe getsockopt(number, option.level.rawValue, option.name, buffer.baseAddress, &length)
            error = result == 0 ? 0 : errno
            return result == 0 ? Int(length) : 0
        }
        return (bytes, error)
    }

    func set(_ option: AnySocketOption, _ bytes: OptionBytes) -> Int32 {
        unsafe bytes.withUnsafeBytes { buffer in
            let length = socklen_t(buffer.count)
            let result = unsafe setsockopt(number, option.level.rawValue, option.name, buffer.baseAddress, length)
            return result == 0 ? 0 : errno
        }
    }
}

private let order: [SocketKinds] = [.tcp4, .udp4, .tcp6, .udp6, .unixStream, .raw4, .raw6, .udpLite4]

/// What older kernels, missing privileges and systems without some protocol answer.
private let tolerated: Set<Int32> = [EPERM, EACCES, ENOPROTOOPT, EOPNOTSUPP]

/// Booleans that do not simply read back what was set, with the reason.
private let peculiar: [String: String] = [
    "SO_BSDCOMPAT": "always false", "TCP_THIN_DUPACK": "always false", "SO_LOCK_FILTER": "cannot be unset",
    "TCP_QUICKACK": "the kernel sets it itself", "TCP_FASTOPEN_CONNECT": "needs the system's setting",
    "IPV6_ROUTER_ALERT_ISOLATE": "needs a router alert first", "IP_ROUTER_ALERT": "reads the chain, not a flag",
    "SO_TIMESTAMPNS": "shares its state with SO_TIMESTAMP", "IP_NODEFRAG": "for raw sockets of IPPROTO_RAW only",
]

/// Integers to set, and what must be read then.
private let integers: [(name: String, kind: SocketKinds, value: Int, read: Int)] = [
    ("SO_SNDBUF", .tcp4, 8192, 16384), ("SO_RCVBUF", .tcp4, 8192, 16384), ("SO_PRIORITY", .udp4, 5, 5),
    ("SO_RCVLOWAT", .unixStream, 7, 7), ("SO_PEEK_OFF", .unixStream, 3, 3), ("SO_INCOMING_CPU", .udp4, 0, 0),
    ("IP_TTL", .udp4, 33, 33), ("IP_MINTTL", .tcp4, 9, 9), ("IP_MULTICAST_TTL", .udp4, 5, 5),
    ("IPV6_UNICAST_HOPS", .udp6, 44, 44), ("IPV6_MULTICAST_HOPS", .udp6, 5, 5), ("IPV6_MINHOPCOUNT", .tcp6, 3, 3),
    ("TCP_KEEPIDLE", .tcp4, 60, 60), ("TCP_KEEPINTVL", .tcp4, 11, 11),
    ("TCP_KEEPCNT", .tcp4, 4, 4), ("TCP_SYNCNT", .tcp4, 3, 3), ("TCP_LINGER2", .tcp4, 10, 10),
    ("TCP_DEFER_ACCEPT", .tcp4, 3, 3), ("TCP_WINDOW_CLAMP", .tcp4, 20000, 20000), ("TCP_USER_TIMEOUT", .tcp4, 777, 777),
    ("TCP_SAVE_SYN", .tcp4, 1, 1), ("TCP_RTO_MAX_MS", .tcp4, 5000, 5000), ("UDP_SEGMENT", .udp4, 1200, 1200),
    ("SO_TXREHASH", .tcp4, 0, 0), ("UDPLITE_SEND_CSCOV", .udpLite4, 20, 20),
]

@Suite struct KernelOptionTests {
    @Test(arguments: AnySocketOption.all.filter { $0.valueTypeName == "Bool" && $0.access == .readWrite })
    func booleansReadBackWhatWasSet(option: AnySocketOption) throws {
        guard peculiar[option.cName] == nil else { return }
        for kind in order where option.kinds.contains(kind) {
            guard let descriptor = Descriptor(kind) else { continue }
            for value in [true, false] {
                let error = descriptor.set(option, try value.optionBytes())
                let answer = descriptor.get(option)
                if error == 0, answer.error == 0 {
                    #expect(try Bool(optionBytes: answer.bytes) == value, "\(option) on \(kind)")
                } else {
                    let number = error == 0 ? answer.error : error
                    #expect(tolerated.contains(number) || number == EINVAL, "\(option): errno \(number)")
                }
            }
        }
    }

    @Test(arguments: integers)
    func integersReadBack(name: String, kind: SocketKinds, value: Int, read: Int) throws {
        let option = try #require(AnySocketOption.all.first { $0.cName == name })
        #expect(option.valueTypeName == "Int")
        guard let descriptor = Descriptor(kind) else { return }
        let error = descriptor.set(option, try value.optionBytes())
        guard !tolerated.contains(error) else { return }
        #expect(error == 0, "\(name): errno \(error)")
        #expect(try Int(optionBytes: descriptor.get(option).bytes) == read)
    }

    @Test(arguments: AnySocketOption.all.filter { $0.access.isReadable && !$0.isChangedByReading })
    func whateverTheKernelAnswersIsDescribed(option: AnySocketOption) {
        for kind in order where option.kinds.contains(kind) {
            guard let descriptor = Descriptor(kind) else { continue }
            let answer = descriptor.get(option)
            guard answer.error == 0 else { continue }
            // A failed decoding shows the error in parentheses, which names the option.
            #expect(
                !option.describe(answer.bytes).contains(option.cName), "\(option): \(option.describe(answer.bytes))")
        }
    }

    @Test func structuresAreUnderstood() throws {
        func check<Value: SocketOptionValue>(_ kind: SocketKinds, _ option: SocketOption<Value>, _ value: Value) throws
        {
            let descriptor = try #require(Descriptor(kind))
            let row = AnySocketOption(option, swiftName: option.cName)
            #expect(descriptor.set(row, try option.encode(value)) == 0, "\(option)")
            #expect(try option.decode(descriptor.get(row).bytes) == value, "\(option)")
        }
        try check(.tcp4, .socket.linger, .on(seconds: 5))
        try check(.tcp4, .socket.receiveTimeout, .seconds(2))
        try check(.udp4, .socket.timestamping, Timestamping([.receiveSoftware, .reportSoftware]))
        try check(.udp4, .ip.pathMTUDiscovery, .probe)
        try check(.udp4, .ip.typeOfService, .lowDelay)
        try check(.udp6, .ipv6.trafficClass, .expeditedForwarding)
        try check(.udp4, .ip.unicastInterface, UnicastInterface(index: 1))
        try check(.udp4, .ip.multicastInterface, IPv4MulticastInterface(address: IPv4Address(rawValue: 0x7f00_0001)))
        try check(.udp4, .ip.localPortRange, LocalPortRange(lowest: 40000, highest: 40100))
        try check(.tcp4, .tcp.congestionControl, "reno")
        try check(.tcp4, .tcp.fastOpenKey, Array(1...16))
        try check(.tcp4, .socket.maximumPacingRate, 1 << 33)
        try check(.udp6, .ipv6.addressPreferences, [.publicAddress, .home])
    }

    @Test func groupsAreJoined() throws {
        func set<Value>(_ kind: SocketKinds, _ option: SocketOption<Value>, _ value: Value) throws {
            let descriptor = try #require(Descriptor(kind))
            let error = descriptor.set(AnySocketOption(option, swiftName: option.cName), try option.encode(value))
            // ENODEV: the machine has no interface that can do multicast.
            #expect(error == 0 || error == ENODEV, "\(option): errno \(error)")
        }
        let group = IPv4Address(rawValue: 0xefff_0001)
        let loopback = IPv4Address(rawValue: 0x7f00_0001)
        let group6 = IPv6Address(high: 0xff01_0000_0000_0000, low: 0x1234)
        try set(.udp4, .ip.addMembership, IPv4Membership(group: group, interfaceAddress: loopback))
        try set(.udp4, .ip.joinGroup, GroupRequest(group: group, interfaceIndex: 1))
        try set(
            .udp4, .ip.addSourceMembership,
            IPv4SourceMembership(group: group, source: loopback, interfaceAddress: loopback))
        try set(.udp4, .ip.joinSourceGroup, SourceGroupRequest(group: group, source: loopback, interfaceIndex: 1))
        try set(.udp6, .ipv6.addMembership, IPv6Membership(group: group6, interfaceIndex: 1))
        try set(.udp6, .ipv6.joinGroup, GroupRequest(group: group6, interfaceIndex: 1))
    }

    @Test func aFreshConnectionTellsItsState() throws {
        let descriptor = try #require(Descriptor(.tcp4))
        let option = SocketOption<TCPInfo>.tcp.info
        let answer = descriptor.get(AnySocketOption(option, swiftName: ".tcp.info"))
        #expect(try option.decode(answer.bytes).state == .closed)
    }

    @Test func aWrongGuessIsAnErrorOfTheKernelNotATrap() throws {
        let descriptor = try #require(Descriptor(.unixStream))
        let option = SocketOption<Bool>.tcp.noDelay
        #expect(descriptor.set(AnySocketOption(option, swiftName: ""), try option.encode(true)) == EOPNOTSUPP)
    }
}
