/// An address family: `AF_*`, the first argument of `socket(2)`.
///
/// The headers' protocol families, `PF_*`, are the same numbers.
public struct AddressFamily: RawRepresentable, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The number Linux's headers give it.
    public let rawValue: UInt16

    /// Names any number, also one this package has no name for.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}

extension AddressFamily: SystemNumber, LosslessStringConvertible {
    /// Every name of the headers with its number; of names that share a number, the usual one first.
    public static let allNamed: [(cName: String, value: Self)] = [
        ("AF_UNSPEC", .unspecified),
        ("AF_UNIX", .unix),
        ("AF_LOCAL", .local),
        ("AF_FILE", .file),
        ("AF_INET", .ipv4),
        ("AF_AX25", .ax25),
        ("AF_IPX", .ipx),
        ("AF_APPLETALK", .appleTalk),
        ("AF_NETROM", .netROM),
        ("AF_BRIDGE", .bridge),
        ("AF_ATMPVC", .atmPVC),
        ("AF_X25", .x25),
        ("AF_INET6", .ipv6),
        ("AF_ROSE", .rose),
        ("AF_DECnet", .decnet),
        ("AF_NETBEUI", .netBEUI),
        ("AF_SECURITY", .security),
        ("AF_KEY", .key),
        ("AF_NETLINK", .netlink),
        ("AF_ROUTE", .route),
        ("AF_PACKET", .packet),
        ("AF_ASH", .ash),
        ("AF_ECONET", .econet),
        ("AF_ATMSVC", .atmSVC),
        ("AF_RDS", .rds),
        ("AF_SNA", .sna),
        ("AF_IRDA", .irda),
        ("AF_PPPOX", .pppox),
        ("AF_WANPIPE", .wanpipe),
        ("AF_LLC", .llc),
        ("AF_IB", .infiniBand),
        ("AF_MPLS", .mpls),
        ("AF_CAN", .can),
        ("AF_TIPC", .tipc),
        ("AF_BLUETOOTH", .bluetooth),
        ("AF_IUCV", .iucv),
        ("AF_RXRPC", .rxrpc),
        ("AF_ISDN", .isdn),
        ("AF_PHONET", .phonet),
        ("AF_IEEE802154", .ieee802154),
        ("AF_CAIF", .caif),
        ("AF_ALG", .algorithm),
        ("AF_NFC", .nfc),
        ("AF_VSOCK", .vsock),
        ("AF_KCM", .kcm),
        ("AF_QIPCRTR", .qipcrtr),
        ("AF_SMC", .smc),
        ("AF_XDP", .xdp),
        ("AF_MCTP", .mctp),
    ]
}

extension AddressFamily {
    /// Any family, or none: `AF_UNSPEC`.
    @inlinable public static var unspecified: Self { Self(rawValue: 0) }

    /// Sockets of this machine, named by paths or abstract names: `AF_UNIX`.
    @inlinable public static var unix: Self { Self(rawValue: 1) }

    /// The POSIX name of the UNIX family: `AF_LOCAL`, the same number as ``unix``.
    @inlinable public static var local: Self { .unix }

    /// An old name of the UNIX family: `AF_FILE`, the same number as ``unix``.
    @inlinable public static var file: Self { .unix }

    /// Internet protocol version 4: `AF_INET`.
    @inlinable public static var ipv4: Self { Self(rawValue: 2) }

    /// Amateur radio AX.25: `AF_AX25`.
    @inlinable public static var ax25: Self { Self(rawValue: 3) }

    /// Novell IPX: `AF_IPX`.
    @inlinable public static var ipx: Self { Self(rawValue: 4) }

    /// AppleTalk DDP: `AF_APPLETALK`.
    @inlinable public static var appleTalk: Self { Self(rawValue: 5) }

    /// Amateur radio NET/ROM: `AF_NETROM`.
    @inlinable public static var netROM: Self { Self(rawValue: 6) }

    /// Multiprotocol bridge: `AF_BRIDGE`.
    @inlinable public static var bridge: Self { Self(rawValue: 7) }

    /// ATM permanent virtual circuits: `AF_ATMPVC`.
    @inlinable public static var atmPVC: Self { Self(rawValue: 8) }

    /// ITU-T X.25: `AF_X25`.
    @inlinable public static var x25: Self { Self(rawValue: 9) }

    /// Internet protocol version 6: `AF_INET6`.
    @inlinable public static var ipv6: Self { Self(rawValue: 10) }

    /// Amateur radio X.25 PLP: `AF_ROSE`.
    @inlinable public static var rose: Self { Self(rawValue: 11) }

    /// DECnet; reserved by the headers: `AF_DECnet`.
    @inlinable public static var decnet: Self { Self(rawValue: 12) }

    /// Reserved by the headers for 802.2LLC: `AF_NETBEUI`.
    @inlinable public static var netBEUI: Self { Self(rawValue: 13) }

    /// Security callback, a pseudo family: `AF_SECURITY`.
    @inlinable public static var security: Self { Self(rawValue: 14) }

    /// Key management of IPsec: `AF_KEY`.
    @inlinable public static var key: Self { Self(rawValue: 15) }

    /// Messages to and from the kernel: routes, links, audit and more: `AF_NETLINK`.
    @inlinable public static var netlink: Self { Self(rawValue: 16) }

    /// The BSD name of the netlink family: `AF_ROUTE`, the same number as ``netlink``.
    @inlinable public static var route: Self { .netlink }

    /// Frames of a link, below IP: `AF_PACKET`.
    @inlinable public static var packet: Self { Self(rawValue: 17) }

    /// Ash: `AF_ASH`.
    @inlinable public static var ash: Self { Self(rawValue: 18) }

    /// Acorn Econet: `AF_ECONET`.
    @inlinable public static var econet: Self { Self(rawValue: 19) }

    /// ATM switched virtual circuits: `AF_ATMSVC`.
    @inlinable public static var atmSVC: Self { Self(rawValue: 20) }

    /// Reliable datagram sockets: `AF_RDS`.
    @inlinable public static var rds: Self { Self(rawValue: 21) }

    /// Linux SNA: `AF_SNA`.
    @inlinable public static var sna: Self { Self(rawValue: 22) }

    /// Infrared (IrDA): `AF_IRDA`.
    @inlinable public static var irda: Self { Self(rawValue: 23) }

    /// PPP over X: `AF_PPPOX`.
    @inlinable public static var pppox: Self { Self(rawValue: 24) }

    /// Wanpipe: `AF_WANPIPE`.
    @inlinable public static var wanpipe: Self { Self(rawValue: 25) }

    /// Logical link control (IEEE 802.2): `AF_LLC`.
    @inlinable public static var llc: Self { Self(rawValue: 26) }

    /// InfiniBand: `AF_IB`.
    @inlinable public static var infiniBand: Self { Self(rawValue: 27) }

    /// Multiprotocol label switching: `AF_MPLS`.
    @inlinable public static var mpls: Self { Self(rawValue: 28) }

    /// Controller area network: `AF_CAN`.
    @inlinable public static var can: Self { Self(rawValue: 29) }

    /// Cluster messages: TIPC: `AF_TIPC`.
    @inlinable public static var tipc: Self { Self(rawValue: 30) }

    /// Bluetooth: `AF_BLUETOOTH`.
    @inlinable public static var bluetooth: Self { Self(rawValue: 31) }

    /// z/VM inter-user communication: `AF_IUCV`.
    @inlinable public static var iucv: Self { Self(rawValue: 32) }

    /// RxRPC, the calls of AFS: `AF_RXRPC`.
    @inlinable public static var rxrpc: Self { Self(rawValue: 33) }

    /// ISDN: mISDN: `AF_ISDN`.
    @inlinable public static var isdn: Self { Self(rawValue: 34) }

    /// Nokia modems: Phonet: `AF_PHONET`.
    @inlinable public static var phonet: Self { Self(rawValue: 35) }

    /// Low-rate wireless: IEEE 802.15.4: `AF_IEEE802154`.
    @inlinable public static var ieee802154: Self { Self(rawValue: 36) }

    /// ST-Ericsson modems: CAIF: `AF_CAIF`.
    @inlinable public static var caif: Self { Self(rawValue: 37) }

    /// The kernel's ciphers and hashes: `AF_ALG`.
    @inlinable public static var algorithm: Self { Self(rawValue: 38) }

    /// Near-field communication: `AF_NFC`.
    @inlinable public static var nfc: Self { Self(rawValue: 39) }

    /// Between a virtual machine and its host: `AF_VSOCK`.
    @inlinable public static var vsock: Self { Self(rawValue: 40) }

    /// Kernel connection multiplexor: `AF_KCM`.
    @inlinable public static var kcm: Self { Self(rawValue: 41) }

    /// Qualcomm IPC router: `AF_QIPCRTR`.
    @inlinable public static var qipcrtr: Self { Self(rawValue: 42) }

    /// Shared memory communications: `AF_SMC`.
    @inlinable public static var smc: Self { Self(rawValue: 43) }

    /// Express data path: `AF_XDP`.
    @inlinable public static var xdp: Self { Self(rawValue: 44) }

    /// Management component transport: `AF_MCTP`.
    @inlinable public static var mctp: Self { Self(rawValue: 45) }
}
