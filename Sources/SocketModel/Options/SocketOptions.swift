/// Options of every socket: level `SOL_SOCKET`, `SO_*`. Reached as `.socket`, as in `try socket.get(.socket.error)`.
public struct SocketLevelOptions: Sendable {
    /// Records debugging information; setting needs `CAP_NET_ADMIN`. `SO_DEBUG`.
    public let debug = option(Bool.self, 1, "SO_DEBUG")
    /// Binds to a local address although connections from an earlier life of it linger. `SO_REUSEADDR`.
    public let reuseAddress = option(Bool.self, 2, "SO_REUSEADDR")
    /// The socket's type. `SO_TYPE`.
    public let type = option(SocketType.self, 3, "SO_TYPE", .readOnly)
    /// The pending error, nil for none; reading clears it. `SO_ERROR`.
    public let error = option(Errno?.self, 4, "SO_ERROR", .readOnly)
    /// Sends to directly connected hosts only, past the routing table. `SO_DONTROUTE`.
    public let dontRoute = option(Bool.self, 5, "SO_DONTROUTE")
    /// Allows datagrams to broadcast addresses. `SO_BROADCAST`.
    public let broadcast = option(Bool.self, 6, "SO_BROADCAST")
    /// Send buffer, bytes. Linux doubles what is set, reads back the double, and caps it at `net.core.wmem_max`.
    /// `SO_SNDBUF`.
    public let sendBufferSize = option(Int.self, 7, "SO_SNDBUF")
    /// Receive buffer, bytes. Linux doubles what is set, reads back the double, and caps it at `net.core.rmem_max`.
    /// `SO_RCVBUF`.
    public let receiveBufferSize = option(Int.self, 8, "SO_RCVBUF")
    /// Send buffer beyond the system's cap, bytes; needs `CAP_NET_ADMIN`. `SO_SNDBUFFORCE`.
    public let forcedSendBufferSize = option(Int.self, 32, "SO_SNDBUFFORCE", .writeOnly)
    /// Receive buffer beyond the system's cap, bytes; needs `CAP_NET_ADMIN`. `SO_RCVBUFFORCE`.
    public let forcedReceiveBufferSize = option(Int.self, 33, "SO_RCVBUFFORCE", .writeOnly)
    /// Probes idle connections, see `.tcp.keepAliveIdle`. `SO_KEEPALIVE`.
    public let keepAlive = option(Bool.self, 9, "SO_KEEPALIVE")
    /// Delivers urgent data in the normal stream. `SO_OOBINLINE`.
    public let outOfBandInline = option(Bool.self, 10, "SO_OOBINLINE")
    /// Sends UDP datagrams over IPv4 without a checksum. `SO_NO_CHECK`.
    public let noChecksum = option(Bool.self, 11, "SO_NO_CHECK", kinds: .ip)
    /// Queueing priority, 0...6 without `CAP_NET_ADMIN`; setting it clears the type of service's. `SO_PRIORITY`.
    public let priority = option(Int.self, 12, "SO_PRIORITY")
    /// What `close` does about unsent data. `SO_LINGER`.
    public let linger = option(Linger.self, 13, "SO_LINGER")
    /// Without effect since Linux 2.2, always reads false. `SO_BSDCOMPAT`.
    public let bsdCompatible = option(Bool.self, 14, "SO_BSDCOMPAT")
    /// Several sockets of one user share an address and the kernel spreads the work. `SO_REUSEPORT`.
    public let reusePort = option(Bool.self, 15, "SO_REUSEPORT")
    /// Receives the sender's credentials with every message, as ``ControlMessage/credentials(_:)``. `SO_PASSCRED`.
    public let passCredentials = option(Bool.self, 16, "SO_PASSCRED", kinds: .unix)
    /// Who connected, or made the pair, at that time. `SO_PEERCRED`.
    public let peerCredentials = option(PeerCredentials.self, 17, "SO_PEERCRED", .readOnly, kinds: .unix)
    /// The least bytes a receive waits for, 1 at first. `SO_RCVLOWAT`.
    public let receiveLowWater = option(Int.self, 18, "SO_RCVLOWAT")
    /// The least space that makes a socket writable; always 1 on Linux. `SO_SNDLOWAT`.
    public let sendLowWater = option(Int.self, 19, "SO_SNDLOWAT", .readOnly)
    /// How long a blocking receive or accept waits; zero is for ever. Rounded up to microseconds, and by the kernel to
    /// its clock tick (1...10 ms). `SO_RCVTIMEO`.
    public let receiveTimeout = option(Duration.self, 20, "SO_RCVTIMEO")
    /// How long a blocking send or connect waits; zero is for ever. Rounded as ``receiveTimeout`` is. `SO_SNDTIMEO`.
    public let sendTimeout = option(Duration.self, 21, "SO_SNDTIMEO")
    /// Uses one interface only, by name, at most 15 bytes; empty for any. `SO_BINDTODEVICE`.
    public let boundDevice = option(String.self, 25, "SO_BINDTODEVICE", kinds: .ip)
    /// Runs a classic BPF program on what arrives, at most 4096 instructions. Writable only: the kernel reads it back
    /// under the same number, but counts its length in instructions. `SO_ATTACH_FILTER`.
    public let filter = option([BPFInstruction].self, 26, "SO_ATTACH_FILTER", .writeOnly)
    /// Removes the filter, classic or extended; the value is ignored. `SO_DETACH_FILTER`, `SO_DETACH_BPF`.
    public let detachFilter = option(Int.self, 27, "SO_DETACH_FILTER", .writeOnly)
    /// The address of an IPv4 peer as a `struct sockaddr_in`, as `getpeername(2)` gives it, and after the connection has broken, too; of
    /// an IPv6 peer the first 16 bytes: ask for all 28 by number. The kernel refuses to be asked for more than there is. `SO_PEERNAME`.
    public let peerName = option([UInt8].self, 28, "SO_PEERNAME", .readOnly, capacity: 16)
    /// Receives time stamps in microseconds, as ``ControlMessage/timestamp(_:)``. `SO_TIMESTAMP`.
    public let timestamp = option(Bool.self, 29, "SO_TIMESTAMP")
    /// Whether the socket listens. `SO_ACCEPTCONN`.
    public let isListening = option(Bool.self, 30, "SO_ACCEPTCONN", .readOnly)
    /// The peer's security label (SELinux, AppArmor, Smack); `ENOPROTOOPT` without one. `SO_PEERSEC`.
    public let peerSecurityLabel = option([UInt8].self, 31, "SO_PEERSEC", .readOnly)
    /// Receives the sender's security label, as ``ControlMessage/securityLabel(_:)``. `SO_PASSSEC`.
    public let passSecurityLabel = option(Bool.self, 34, "SO_PASSSEC", kinds: .unix)
    /// Receives time stamps in nanoseconds, as ``ControlMessage/timestamp(_:)``. `SO_TIMESTAMPNS`.
    public let timestampNanoseconds = option(Bool.self, 35, "SO_TIMESTAMPNS")
    /// The mark of every packet sent, for routing and filtering; setting needs `CAP_NET_ADMIN` or `CAP_NET_RAW`.
    /// `SO_MARK`.
    public let mark = option(UInt32.self, 36, "SO_MARK")
    /// Which stamps to take and report, as ``ControlMessage/timestamps(_:)``. `SO_TIMESTAMPING`.
    public let timestamping = option(Timestamping.self, 37, "SO_TIMESTAMPING")
    /// The socket's protocol. `SO_PROTOCOL`.
    public let `protocol` = option(IPProtocol.self, 38, "SO_PROTOCOL", .readOnly)
    /// The socket's address family. `SO_DOMAIN`.
    public let family = option(AddressFamily.self, 39, "SO_DOMAIN", .readOnly)
    /// Receives the count of dropped datagrams, as ``ControlMessage/droppedDatagrams(_:)``. `SO_RXQ_OVFL`.
    public let countDrops = option(Bool.self, 40, "SO_RXQ_OVFL")
    /// Receives the fate of packets sent over Wi-Fi. `SO_WIFI_STATUS`.
    public let wifiStatus = option(Bool.self, 41, "SO_WIFI_STATUS")
    /// Where the next `MSG_PEEK` starts, bytes; -1 turns it off. UNIX sockets, UDP (3.18), TCP (6.9). `SO_PEEK_OFF`.
    public let peekOffset = option(Int.self, 42, "SO_PEEK_OFF")
    /// Takes the frame check sequence from the last four bytes sent; packet sockets. `SO_NOFCS`.
    public let noFrameCheckSequence = option(Bool.self, 43, "SO_NOFCS")
    /// Forbids changes of the filter; cannot be undone (`EPERM`). `SO_LOCK_FILTER`.
    public let lockFilter = option(Bool.self, 44, "SO_LOCK_FILTER")
    /// Reports an error queue that is not empty as exceptional to `select(2)`. `SO_SELECT_ERR_QUEUE`.
    public let selectErrorQueue = option(Bool.self, 45, "SO_SELECT_ERR_QUEUE")
    /// How long a blocking receive polls the device, microseconds; more needs `CAP_NET_ADMIN`. `SO_BUSY_POLL`.
    public let busyPoll = option(Int.self, 46, "SO_BUSY_POLL")
    /// The highest rate to send at, bytes a second; all ones is no limit. `SO_MAX_PACING_RATE`.
    public let maximumPacingRate = option(UInt64.self, 47, "SO_MAX_PACING_RATE")
    /// The classic BPF extensions the kernel has: the end of their numbers. `SO_BPF_EXTENSIONS`.
    public let bpfExtensions = option(Int.self, 48, "SO_BPF_EXTENSIONS", .readOnly)
    /// The processor packets arrive on, or to prefer among `reusePort` sockets. `SO_INCOMING_CPU`.
    public let incomingCPU = option(Int.self, 49, "SO_INCOMING_CPU")
    /// Runs the extended BPF program of this descriptor on what arrives. `SO_ATTACH_BPF`.
    public let bpfProgram = option(Int.self, 50, "SO_ATTACH_BPF", .writeOnly)
    /// Spreads work among `reusePort` sockets by a classic BPF program. `SO_ATTACH_REUSEPORT_CBPF`.
    public let reusePortFilter = option(
        [BPFInstruction].self, 51, "SO_ATTACH_REUSEPORT_CBPF", .writeOnly, kinds: .ip)
    /// Spreads work among `reusePort` sockets by the extended BPF program of this descriptor.
    /// `SO_ATTACH_REUSEPORT_EBPF`.
    public let reusePortBPFProgram = option(Int.self, 52, "SO_ATTACH_REUSEPORT_EBPF", .writeOnly, kinds: .ip)
    /// Set to 1, advises to look for another path: this one is bad. `SO_CNX_ADVICE`.
    public let connectionAdvice = option(Int.self, 53, "SO_CNX_ADVICE", .writeOnly, kinds: .ip)
    /// How much memory the socket uses. `SO_MEMINFO`.
    public let memory = option(SocketMemory.self, 55, "SO_MEMINFO", .readOnly)
    /// The receive queue's NAPI number, 0 for none. `SO_INCOMING_NAPI_ID`.
    public let incomingNAPI = option(UInt32.self, 56, "SO_INCOMING_NAPI_ID", .readOnly)
    /// A number no other socket of this boot has. `SO_COOKIE`.
    public let cookie = option(UInt64.self, 57, "SO_COOKIE", .readOnly)
    /// The peer's supplementary groups. `SO_PEERGROUPS`.
    public let peerGroups = option([UInt32].self, 59, "SO_PEERGROUPS", .readOnly, kinds: .unix)
    /// Allows sends with `MSG_ZEROCOPY`. `SO_ZEROCOPY`.
    public let zeroCopy = option(Bool.self, 60, "SO_ZEROCOPY", kinds: [.tcp, .udp])
    /// Sends at given times, see ``ControlMessage/transmitTime(_:)``. `SO_TXTIME`.
    public let transmitTime = option(TransmitTime.self, 61, "SO_TXTIME")
    /// Uses one interface only, by number; 0 for any (Linux 5.0). `SO_BINDTOIFINDEX`.
    public let boundInterface = option(Int.self, 62, "SO_BINDTOIFINDEX", kinds: .ip)
    /// Removes the program that spreads work; the value is ignored (Linux 5.3). `SO_DETACH_REUSEPORT_BPF`.
    public let detachReusePortBPF = option(Int.self, 68, "SO_DETACH_REUSEPORT_BPF", .writeOnly, kinds: .ip)
    /// Prefers polling to interrupts; needs `CAP_NET_ADMIN` (Linux 5.11). `SO_PREFER_BUSY_POLL`.
    public let preferBusyPoll = option(Bool.self, 69, "SO_PREFER_BUSY_POLL")
    /// Packets a busy poll handles at once, 0...65535; more than before needs `CAP_NET_ADMIN` (Linux 5.11).
    /// `SO_BUSY_POLL_BUDGET`.
    public let busyPollBudget = option(Int.self, 70, "SO_BUSY_POLL_BUDGET", .writeOnly)
    /// A number no other network namespace has (Linux 5.14). `SO_NETNS_COOKIE`.
    public let namespaceCookie = option(UInt64.self, 71, "SO_NETNS_COOKIE", .readOnly)
    /// Which buffer sizes stay as set (Linux 5.15). `SO_BUF_LOCK`.
    public let bufferLocks = option(BufferLocks.self, 72, "SO_BUF_LOCK")
    /// Memory kept for this socket alone, bytes; needs memory cgroups (Linux 5.16). `SO_RESERVE_MEM`.
    public let reservedMemory = option(Int.self, 73, "SO_RESERVE_MEM")
    /// Whether to change the flow hash after timeouts: 0 no, 1 yes, 255 the default (Linux 5.18). `SO_TXREHASH`.
    public let transmitRehash = option(Int.self, 74, "SO_TXREHASH", kinds: .tcp)
    /// Receives packets' marks, as ``ControlMessage/mark(_:)`` (Linux 5.19). `SO_RCVMARK`.
    public let receiveMark = option(Bool.self, 75, "SO_RCVMARK")
    /// Receives the sender as a process descriptor, ``ControlMessage/processDescriptor(_:)`` (Linux 6.5).
    /// `SO_PASSPIDFD`.
    public let passProcessDescriptor = option(Bool.self, 76, "SO_PASSPIDFD", kinds: .unix)
    /// A new descriptor of the peer's process, the reader's to close (Linux 6.5). `SO_PEERPIDFD`.
    public let peerProcessDescriptor = option(Int.self, 77, "SO_PEERPIDFD", .readOnly, kinds: .unix)
    /// Gives device memory back: an array of `struct dmabuf_token`, at most 128 (Linux 6.12). `SO_DEVMEM_DONTNEED`.
    public let returnDeviceMemory = option(
        [UInt8].self, 80, "SO_DEVMEM_DONTNEED", .writeOnly, capacity: 1024, kinds: .tcp)
    /// Receives packets' priorities (Linux 6.14). `SO_RCVPRIORITY`.
    public let receivePriority = option(Bool.self, 82, "SO_RCVPRIORITY")
    /// Whether descriptors may be received, at first true (Linux 6.16). `SO_PASSRIGHTS`.
    public let passRights = option(Bool.self, 83, "SO_PASSRIGHTS", kinds: .unix)
    /// Receives the count of bytes still unread on UNIX streams (Linux 6.17). `SO_INQ`.
    public let receiveQueueLength = option(Bool.self, 84, "SO_INQ", .writeOnly, kinds: .unixStream)

    static let shared = SocketLevelOptions()

    private static func option<Value>(
        _ type: Value.Type, _ name: Int32, _ cName: StaticString, _ access: OptionAccess = .readWrite,
        capacity: Int? = nil, kinds: SocketKinds = .all
    ) -> SocketOption<Value> {
        SocketOption(level: .socket, name: name, cName: cName, access, capacity: capacity, kinds: kinds)
    }
}

extension SocketOption {
    /// Options of every socket: `SO_*`.
    public static var socket: SocketLevelOptions { .shared }
}
