/// The level of a socket option: `SOL_*`, the second argument of `getsockopt(2)`.
public struct OptionLevel: RawRepresentable, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The number Linux's headers give it.
    public let rawValue: Int32

    /// Names any number, also one this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension OptionLevel: SystemNumber, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("SOL_IP", .ip),
        ("SOL_HCI", .bluetoothHCI),
        ("SOL_SOCKET", .socket),
        ("SOL_TCP", .tcp),
        ("SOL_L2CAP", .bluetoothL2CAP),
        ("SOL_UDP", .udp),
        ("SOL_SCO", .bluetoothSCO),
        ("SOL_RFCOMM", .bluetoothRFCOMM),
        ("SOL_IPV6", .ipv6),
        ("SOL_ICMPV6", .icmpv6),
        ("SOL_CAN_BASE", .can),
        ("SOL_CAN_RAW", .canRaw),
        ("SOL_CAN_ISOTP", .canISOTP),
        ("SOL_CAN_J1939", .canJ1939),
        ("SOL_SCTP", .sctp),
        ("SOL_UDPLITE", .udpLite),
        ("SOL_RAW", .raw),
        ("SOL_IPX", .ipx),
        ("SOL_AX25", .ax25),
        ("SOL_ATALK", .appleTalk),
        ("SOL_NETROM", .netROM),
        ("SOL_ROSE", .rose),
        ("SOL_DECNET", .decnet),
        ("SOL_X25", .x25),
        ("SOL_PACKET", .packet),
        ("SOL_ATM", .atm),
        ("SOL_AAL", .aal),
        ("SOL_IRDA", .irda),
        ("SOL_NETBEUI", .netBEUI),
        ("SOL_LLC", .llc),
        ("SOL_DCCP", .dccp),
        ("SOL_NETLINK", .netlink),
        ("SOL_TIPC", .tipc),
        ("SOL_RXRPC", .rxrpc),
        ("SOL_PPPOL2TP", .pppol2tp),
        ("SOL_BLUETOOTH", .bluetooth),
        ("SOL_PNPIPE", .phonetPipe),
        ("SOL_RDS", .rds),
        ("SOL_IUCV", .iucv),
        ("SOL_CAIF", .caif),
        ("SOL_ALG", .algorithm),
        ("SOL_NFC", .nfc),
        ("SOL_KCM", .kcm),
        ("SOL_TLS", .tls),
        ("SOL_XDP", .xdp),
        ("SOL_MPTCP", .mptcp),
        ("SOL_MCTP", .mctp),
        ("SOL_SMC", .smc),
        ("SOL_VSOCK", .vsock),
    ]
}

extension OptionLevel {
    /// Internet protocol version 4: `SOL_IP`.
    @inlinable public static var ip: Self { Self(rawValue: 0) }

    /// Bluetooth host controllers: `SOL_HCI`, the same number as ``ip``.
    @inlinable public static var bluetoothHCI: Self { .ip }

    /// Options every socket has: `SOL_SOCKET`.
    @inlinable public static var socket: Self { Self(rawValue: 1) }

    /// Transmission control protocol: `SOL_TCP`.
    @inlinable public static var tcp: Self { Self(rawValue: 6) }

    /// Bluetooth L2CAP: `SOL_L2CAP`, the same number as ``tcp``.
    @inlinable public static var bluetoothL2CAP: Self { .tcp }

    /// User datagram protocol: `SOL_UDP`.
    @inlinable public static var udp: Self { Self(rawValue: 17) }

    /// Bluetooth synchronous links: `SOL_SCO`, the same number as ``udp``.
    @inlinable public static var bluetoothSCO: Self { .udp }

    /// Bluetooth RFCOMM: `SOL_RFCOMM`.
    @inlinable public static var bluetoothRFCOMM: Self { Self(rawValue: 18) }

    /// Internet protocol version 6: `SOL_IPV6`.
    @inlinable public static var ipv6: Self { Self(rawValue: 41) }

    /// Raw sockets of ICMPv6: `SOL_ICMPV6`.
    @inlinable public static var icmpv6: Self { Self(rawValue: 58) }

    /// The base of the levels of CAN's protocols: `SOL_CAN_BASE`.
    @inlinable public static var can: Self { Self(rawValue: 100) }

    /// Raw CAN frames: `SOL_CAN_RAW`.
    @inlinable public static var canRaw: Self { Self(rawValue: 101) }

    /// CAN transport of ISO 15765-2: `SOL_CAN_ISOTP`.
    @inlinable public static var canISOTP: Self { Self(rawValue: 106) }

    /// CAN with SAE J1939: `SOL_CAN_J1939`.
    @inlinable public static var canJ1939: Self { Self(rawValue: 107) }

    /// Stream control transmission protocol: `SOL_SCTP`.
    @inlinable public static var sctp: Self { Self(rawValue: 132) }

    /// UDP with partial checksums: `SOL_UDPLITE`.
    @inlinable public static var udpLite: Self { Self(rawValue: 136) }

    /// Raw sockets: `SOL_RAW`.
    @inlinable public static var raw: Self { Self(rawValue: 255) }

    /// Novell IPX: `SOL_IPX`.
    @inlinable public static var ipx: Self { Self(rawValue: 256) }

    /// Amateur radio AX.25: `SOL_AX25`.
    @inlinable public static var ax25: Self { Self(rawValue: 257) }

    /// AppleTalk: `SOL_ATALK`.
    @inlinable public static var appleTalk: Self { Self(rawValue: 258) }

    /// Amateur radio NET/ROM: `SOL_NETROM`.
    @inlinable public static var netROM: Self { Self(rawValue: 259) }

    /// Amateur radio X.25 PLP: `SOL_ROSE`.
    @inlinable public static var rose: Self { Self(rawValue: 260) }

    /// DECnet: `SOL_DECNET`.
    @inlinable public static var decnet: Self { Self(rawValue: 261) }

    /// ITU-T X.25: `SOL_X25`.
    @inlinable public static var x25: Self { Self(rawValue: 262) }

    /// Frames of a link: `SOL_PACKET`.
    @inlinable public static var packet: Self { Self(rawValue: 263) }

    /// ATM: `SOL_ATM`.
    @inlinable public static var atm: Self { Self(rawValue: 264) }

    /// The adaptation layer of ATM: `SOL_AAL`.
    @inlinable public static var aal: Self { Self(rawValue: 265) }

    /// Infrared (IrDA): `SOL_IRDA`.
    @inlinable public static var irda: Self { Self(rawValue: 266) }

    /// NetBEUI: `SOL_NETBEUI`.
    @inlinable public static var netBEUI: Self { Self(rawValue: 267) }

    /// Logical link control: `SOL_LLC`.
    @inlinable public static var llc: Self { Self(rawValue: 268) }

    /// Datagram congestion control protocol: `SOL_DCCP`.
    @inlinable public static var dccp: Self { Self(rawValue: 269) }

    /// Messages to and from the kernel: `SOL_NETLINK`.
    @inlinable public static var netlink: Self { Self(rawValue: 270) }

    /// Cluster messages: TIPC: `SOL_TIPC`.
    @inlinable public static var tipc: Self { Self(rawValue: 271) }

    /// RxRPC: `SOL_RXRPC`.
    @inlinable public static var rxrpc: Self { Self(rawValue: 272) }

    /// PPP over L2TP: `SOL_PPPOL2TP`.
    @inlinable public static var pppol2tp: Self { Self(rawValue: 273) }

    /// Bluetooth, whatever the protocol: `SOL_BLUETOOTH`.
    @inlinable public static var bluetooth: Self { Self(rawValue: 274) }

    /// Phonet pipes: `SOL_PNPIPE`.
    @inlinable public static var phonetPipe: Self { Self(rawValue: 275) }

    /// Reliable datagram sockets: `SOL_RDS`.
    @inlinable public static var rds: Self { Self(rawValue: 276) }

    /// z/VM inter-user communication: `SOL_IUCV`.
    @inlinable public static var iucv: Self { Self(rawValue: 277) }

    /// ST-Ericsson modems: CAIF: `SOL_CAIF`.
    @inlinable public static var caif: Self { Self(rawValue: 278) }

    /// The kernel's ciphers and hashes: `SOL_ALG`.
    @inlinable public static var algorithm: Self { Self(rawValue: 279) }

    /// Near-field communication: `SOL_NFC`.
    @inlinable public static var nfc: Self { Self(rawValue: 280) }

    /// Kernel connection multiplexor: `SOL_KCM`.
    @inlinable public static var kcm: Self { Self(rawValue: 281) }

    /// TLS in the kernel: `SOL_TLS`.
    @inlinable public static var tls: Self { Self(rawValue: 282) }

    /// Express data path: `SOL_XDP`.
    @inlinable public static var xdp: Self { Self(rawValue: 283) }

    /// Multipath TCP: `SOL_MPTCP`.
    @inlinable public static var mptcp: Self { Self(rawValue: 284) }

    /// Management component transport: `SOL_MCTP`.
    @inlinable public static var mctp: Self { Self(rawValue: 285) }

    /// Shared memory communications: `SOL_SMC`.
    @inlinable public static var smc: Self { Self(rawValue: 286) }

    /// Between a virtual machine and its host: `SOL_VSOCK`.
    @inlinable public static var vsock: Self { Self(rawValue: 287) }
}
