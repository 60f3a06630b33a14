import SocketModel
import SystemHeaders
import TestSupport
import Testing

/// Constants of the headers that look like options and are none, or none a typed member can serve, each with the reason.
private let excluded: [String: String] = {
    var reasons = [
        "SO_SECURITY_AUTHENTICATION": "no kernel code", "SO_SECURITY_ENCRYPTION_TRANSPORT": "no kernel code",
        "SO_SECURITY_ENCRYPTION_NETWORK": "no kernel code",
        "SO_DEVMEM_LINEAR": "a control message only", "SO_DEVMEM_DMABUF": "a control message only",
        "IPV6_NEXTHOP": "not in the kernel", "IPV6_AUTHHDR": "obsolete, not in the kernel",
        "IPV6_USE_MIN_MTU": "not in the kernel", "IPV6_HOPLIMIT": "a control message only",
        "TCP_COOKIE_TRANSACTIONS": "left the kernel in 3.10",
        "TCP_ZEROCOPY_RECEIVE": "its structure holds pointers and goes in and out",
        "TCP_AO_GET_KEYS": "its structure goes in and out",
        "IP_DEFAULT_MULTICAST_TTL": "a value", "IP_DEFAULT_MULTICAST_LOOP": "a value", "IP_MAX_MEMBERSHIPS": "a value",
        "MCAST_EXCLUDE": "a value", "MCAST_INCLUDE": "a value", "TCP_REPAIR_ON": "a value", "TCP_REPAIR_OFF": "a value",
        "TCP_REPAIR_OFF_NO_WP": "a value", "TCP_MSS_DEFAULT": "a value", "TCP_MSS_DESIRED": "a value",
        "TCP_MD5SIG_MAXKEYLEN": "a value", "TCP_ENCAP_ESPINTCP": "a value",
        "TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT": "a value",
    ]
    for name in ["TIMESTAMP", "TIMESTAMPNS", "TIMESTAMPING", "RCVTIMEO", "SNDTIMEO"] {
        reasons["SO_\(name)_NEW"] = "the form for 32-bit programs; the same as the older one on 64-bit"
    }
    return reasons
}()

private let excludedPrefixes = [
    "IP_PMTUDISC_", "IPV6_PMTUDISC_", "IPV6_FL_", "IPV6_FLOWINFO_FLOW", "IPV6_FLOWINFO_PRIORITY", "IPV6_PRIORITY_",
    "IPV6_TLV_", "IPV6_PREFER_SRC_", "TCP_MD5SIG_FLAG_", "UDP_ENCAP_",
]

/// Second names of an option the table has under its first.
private let aliases = [
    "SO_GET_FILTER": "SO_ATTACH_FILTER", "SO_DETACH_BPF": "SO_DETACH_FILTER", "IP_RECVRETOPTS": "IP_RETOPTS",
    "IP_ORIGDSTADDR": "IP_RECVORIGDSTADDR", "IPV6_ORIGDSTADDR": "IPV6_RECVORIGDSTADDR", "TCP_CM_INQ": "TCP_INQ",
    "IPV6_JOIN_GROUP": "IPV6_ADD_MEMBERSHIP", "IPV6_LEAVE_GROUP": "IPV6_DROP_MEMBERSHIP",
    "SO_RCVTIMEO_OLD": "SO_RCVTIMEO", "SO_SNDTIMEO_OLD": "SO_SNDTIMEO", "SO_TIMESTAMP_OLD": "SO_TIMESTAMP",
    "SO_TIMESTAMPNS_OLD": "SO_TIMESTAMPNS", "SO_TIMESTAMPING_OLD": "SO_TIMESTAMPING",
]

/// What the table has and these older headers may lack, with the numbers of Linux 6.18.
private let newer: [String: Int32] = [
    "SO_PASSPIDFD": 76, "SO_PEERPIDFD": 77, "SO_DEVMEM_DONTNEED": 80, "SO_RCVPRIORITY": 82, "SO_PASSRIGHTS": 83,
    "SO_INQ": 84, "IP_LOCAL_PORT_RANGE": 51, "IP_PROTOCOL": 52, "SO_ORIGINAL_DST": 80, "IP6T_SO_ORIGINAL_DST": 80,
    "TCP_AO_ADD_KEY": 38, "TCP_AO_DEL_KEY": 39, "TCP_AO_INFO": 40, "TCP_AO_REPAIR": 42, "TCP_IS_MPTCP": 43,
    "TCP_RTO_MAX_MS": 44, "TCP_RTO_MIN_US": 45, "TCP_DELACK_MAX_US": 46, "UDPLITE_SEND_CSCOV": 10,
    "UDPLITE_RECV_CSCOV": 11, "ICMP_FILTER": 1, "ICMP6_FILTER": 1,
]

private let headerOptions: [(name: String, value: Int64)] = (0..<system_options_count).map { index in
    let row = unsafe system_option_at(index)
    return unsafe (String(cString: row.name), row.value)
}

@Suite struct OptionTableTests {
    @Test func everyOptionOfTheHeadersHasATypedMember() {
        let table = Dictionary(grouping: AnySocketOption.all, by: \.cName)
        #expect(headerOptions.count > 200)
        for (name, value) in headerOptions {
            if excluded[name] != nil || excludedPrefixes.contains(where: { name.hasPrefix($0) }) {
                #expect(table[name] == nil, "\(name) is excluded and yet in the table")
                continue
            }
            let rows = table[aliases[name] ?? name] ?? []
            #expect(!rows.isEmpty, "\(name) = \(value) has no member")
            for row in rows { #expect(Int64(row.name) == value, "\(row.swiftName)") }
        }
    }

    @Test func everyMemberIsInTheHeadersOrKnownToBeNewer() {
        let names = Dictionary(headerOptions.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        for row in AnySocketOption.all {
            let expected = names[row.cName] ?? newer[row.cName].map(Int64.init)
            #expect(expected == Int64(row.name), "\(row.swiftName) \(row.cName)")
        }
    }

    @Test func levelsFollowFromTheGroups() {
        let levels: [Substring: Set<Int32>] = [
            "socket": [1], "ip": [0], "ipv6": [41], "tcp": [6], "udp": [17], "udpLite": [136], "icmp": [255, 58],
        ]
        for row in AnySocketOption.all {
            let group = row.swiftName.split(separator: ".")[0]
            #expect(levels[group]?.contains(row.level.rawValue) == true, "\(row.swiftName)")
            #expect(!row.kinds.isEmpty)
        }
    }

    @Test func swiftNamesAreUniqueAndNumbersShareOneOptionOnly() {
        #expect(Set(AnySocketOption.all.map(\.swiftName)).count == AnySocketOption.all.count)
        let byNumber = Dictionary(grouping: AnySocketOption.all) { "\($0.level.rawValue)/\($0.name)" }
        for rows in byNumber.values { #expect(Set(rows.map(\.cName)).count == 1) }
    }

    @Test func rowsSayWhatTheMembersSay() throws {
        let row = try #require(AnySocketOption.all.first { $0.swiftName == ".tcp.noDelay" })
        #expect(row.cName == "TCP_NODELAY" && row.valueTypeName == "Bool" && row.access == .readWrite)
        #expect(row.describe([1, 0, 0, 0]) == "true")
        #expect(row.applies(to: AddressFamily(rawValue: 10), SocketType(rawValue: 1)))
        #expect(!row.applies(to: AddressFamily(rawValue: 2), SocketType(rawValue: 2)))
        #expect(
            AnySocketOption.all.filter(\.isFilterProgram).map(\.swiftName) == [
                ".socket.filter", ".socket.reusePortFilter",
            ])
    }

    @Test func describingNeverTrapsWhateverTheBytes() {
        for seed in UInt64(1)...40 {
            var random = SeededGenerator(seed: seed)
            for row in AnySocketOption.all {
                let bytes = random.bytes(Int.random(in: 0...300, using: &random))
                #expect(!row.describe(OptionBytes(bytes)).isEmpty, "seed \(seed), \(row.swiftName)")
            }
        }
    }

    @Test func implicitMembersTypeCheckAsInTheReadme() throws {
        struct Socket {
            func set<Value>(_ option: SocketOption<Value>, _ value: Value) throws -> OptionBytes {
                try option.encode(value)
            }
            func get<Value>(_ option: SocketOption<Value>, _ bytes: OptionBytes) throws -> Value {
                try option.decode(bytes)
            }
        }
        let socket = Socket()
        #expect(try Array(socket.set(.tcp.noDelay, true)) == [1, 0, 0, 0])
        #expect(try Array(socket.set(.tcp.congestionControl, "reno")) == Array("reno\0".utf8))
        #expect(try Array(socket.set(.socket.linger, .on(seconds: 3))) == [1, 0, 0, 0, 3, 0, 0, 0])
        #expect(try Array(socket.set(.socket.receiveTimeout, .milliseconds(1500)))[8...10] == [0x20, 0xa1, 0x07])
        #expect(try socket.get(.socket.receiveBufferSize, [0, 0, 1, 0]) == 65536)
        let error: Errno? = try socket.get(.socket.error, [111, 0, 0, 0])
        #expect(error == Errno(rawValue: 111))
    }
}
