extension SocketError {
    /// What to do about it, for people; nil where the description has said it all.
    public var advice: String? {
        cause?.errno?.isLackOfDescriptors == true ? Code.tooManyDescriptors.advice : particularAdvice
    }

    private var particularAdvice: String? {
        switch (code, operation) {
        case (.addressInUse, _) where isAboutUNIXPath:
            "remove the file if no program listens there, or choose another path"
        case (.addressNotAvailable, .setOption):
            "the group must have been joined, and the interface must be this host's"
        case (.addressNotAvailable, .connect):
            "the local address is gone, or all local ports to that peer are in use, some perhaps by connections that have ended: see "
                + "net.ipv4.ip_local_port_range"
        case (.permissionDenied, .connect), (.permissionDenied, .accept):
            "a firewall, a prohibiting route, AppArmor, SELinux or a seccomp filter forbids it; a broadcast address needs .socket.broadcast"
        case (.permissionDenied, .makeNetwork), (.permissionDenied, .startExecutors):
            "a seccomp filter or another sandbox forbids a call that the backend is made of"
        case (.permissionDenied, .send), (.permissionDenied, .sendMessage), (.permissionDenied, .sendBatch):
            "a broadcast address needs .socket.broadcast, or a firewall or a prohibiting route forbids it"
        case (.badDescriptor, .sendFile): "the descriptor must be open for reading, and a file's"
        case (.badDescriptor, .sendMessage): "every descriptor to pass must be open"
        case (.invalidAddress, _) where isAboutText: nil
        case (.invalidArgument, .bind) where lacksZone, (.invalidArgument, .connect) where lacksZone:
            "a link-local address needs the interface it is on, as in fe80::1%eth0"
        case (.invalidArgument, .bind): "a socket is bound once, to an address of its own family"
        case (.invalidArgument, .connect) where errno != nil:
            "the address does not suit the socket, or the way there is a blackhole route"
        case (.invalidArgument, .accept): "listen before accept"
        case (.invalidArgument, .sendMessage) where hasNoPort, (.invalidArgument, .sendBatch) where hasNoPort:
            "port 0 is nobody's"
        case (.notConnected, .shutdown): "it was never connected, or the connection is over already, both ways"
        case (.inProgress, _):
            "poll for writability, then read the socket's pending error; to connect in one call, allow it time"
        default: code.advice
        }
    }

    /// What is wrong with the text of an address has been said.
    private var isAboutText: Bool { if case .address = cause { true } else { false } }

    private var lacksZone: Bool {
        if case .address(.ipv6(let address, _, _, nil)) = subject { address.isLinkLocal } else { false }
    }

    private var hasNoPort: Bool { if case .address(let address) = subject { address.port == 0 } else { false } }

    private var isAboutUNIXPath: Bool {
        if case .address(.unix(let address)) = subject { address.kind == .path } else { false }
    }
}

extension SocketError.Code {
    /// What to do about errors of this kind in general.
    fileprivate var advice: String? {
        switch self {
        case .closed: "open a new socket; a closed one stays closed"
        case .timedOut: "try again, or allow more time"
        case .wouldBlock: "wait for readiness with poll, or call with a deadline"
        case .blockingOnExecutor: "call the form with await, or block on a thread of your own"
        case .addressInUse:
            "choose another port, or end the program that has it; .socket.reuseAddress before bind is for one that has ended"
        case .addressNotAvailable: "use an address of this host, or 0.0.0.0 or [::] for all of them"
        case .alreadyConnected: "open a new socket for another connection"
        case .notConnected: "connect first, or name a destination"
        case .connectionRefused: "check address and port, and that the server runs"
        case .connectionReset: "the peer has given the connection up; connect anew"
        case .brokenPipe: "the connection's sending half has ended; connect anew"
        case .hostUnreachable, .networkUnreachable: "check the address, the route and the interface"
        case .permissionDenied:
            "ports below 1024, raw sockets, broadcast and some options need a privilege or an option"
        case .messageTooLong: "send less at a time"
        case .tooManyDescriptors: "close sockets, or raise the limit (ulimit -n)"
        case .invalidAddress: "the address must be a valid one of the socket's own family"
        case .badDescriptor: "the descriptor must be open, and a socket's"
        case .resolutionFailed: "check the name and this host's resolver"
        case .unreadBytes: "receive them first"
        case .hostCrashed: "programs of a crashed host end here; its restart begins anew"
        default: nil
        }
    }
}

extension Errno {
    fileprivate var isLackOfDescriptors: Bool { self == .tooManyOpenFiles || self == .tooManyOpenFilesInSystem }
}
