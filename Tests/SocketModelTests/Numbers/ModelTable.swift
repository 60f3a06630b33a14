import SocketModel

/// Every C name the model knows, with the number it gives it.
let modelNumbers: [(name: String, value: Int64)] =
    named(AddressFamily.self) + named(SocketType.self) + named(SocketTypeFlags.self) + named(IPProtocol.self)
    + named(OptionLevel.self) + named(MessageFlags.self) + named(ShutdownDirection.self) + named(PollEvents.self)
    + named(AddressInfoFlags.self) + named(NameInfoFlags.self) + named(Errno.self) + named(ResolutionError.Code.self)
    + named(HostError.Code.self)
    + WellKnownPort.allNamed.map { ($0.cName, Int64($0.value)) }
    + [
        ("SOMAXCONN", Int64(Backlog.maximum)),
        ("NI_MAXHOST", Int64(NameInfoLimits.host)),
        ("NI_MAXSERV", Int64(NameInfoLimits.service)),
    ]

private func named<Number: SystemNumber>(_: Number.Type) -> [(name: String, value: Int64)] {
    Number.allNamed.map { ($0.cName, Int64($0.value.rawValue)) }
}

/// Names the model has and the headers of some supported systems lack, each with where it comes from.
let namesBeyondHeaders: [String: String] = [
    "IPPROTO_SMC": "linux/in.h since Linux 6.11",
    "IPPROTO_AGGFRAG": "linux/in.h since Linux 6.14",
    "MSG_SOCK_DEVMEM": "the kernel's include/linux/socket.h since Linux 6.12",
    "SOL_HCI": "bluetooth/bluetooth.h of BlueZ",
    "SOL_L2CAP": "bluetooth/bluetooth.h of BlueZ",
    "SOL_SCO": "bluetooth/bluetooth.h of BlueZ",
    "SOL_RFCOMM": "bluetooth/bluetooth.h of BlueZ",
    "SOL_SCTP": "netinet/sctp.h of lksctp-tools",
    "SOL_UDPLITE": "the kernel's include/linux/socket.h, in no header for programs",
    "SOL_IPX": "netipx/ipx.h of glibc",
    "SOL_AX25": "netax25/ax25.h of glibc",
    "SOL_ATALK": "netatalk/at.h of glibc",
    "SOL_NETROM": "netrom/netrom.h of glibc",
    "SOL_ROSE": "netrose/rose.h of glibc",
    // Younger than the C library of the oldest systems Swift runs on.
    "IPPROTO_MPTCP": "newer glibc",
    "IPPROTO_ETHERNET": "newer glibc",
    "AF_MCTP": "newer glibc",
    "SOL_MPTCP": "newer glibc",
    "SOL_MCTP": "newer glibc",
    "SOL_SMC": "newer glibc",
    "SOL_VSOCK": "newer linux/vm_sockets.h",
]
