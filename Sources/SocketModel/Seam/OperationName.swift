/// The name of an operation, for errors, logs and rules. The raw value is the C function's name where there is one.
public enum OperationName: String, Hashable, Sendable, Codable, CaseIterable {
    case open = "socket"
    case openPair = "socketpair"
    case adopt, detach
    case duplicate = "dup"
    case close
    case descriptor = "fileno"
    case bind, listen, accept, connect
    case localAddress = "getsockname"
    case peerAddress = "getpeername"
    case shutdown, send
    case sendMessage = "sendmsg"
    case sendBatch = "sendmmsg"
    case sendFile = "sendfile"
    case receive = "recv"
    case receiveMessage = "recvmsg"
    case receiveBatch = "recvmmsg"
    case getOption = "getsockopt"
    case setOption = "setsockopt"
    case poll

    case resolve = "getaddrinfo"
    case resolveName = "getnameinfo"
    case hostByName = "gethostbyname"
    case hostByAddress = "gethostbyaddr"
    case hostName = "gethostname"
    case protocolByName = "getprotobyname"
    case serviceByName = "getservbyname"
    case serviceByPort = "getservbyport"
    case interfaces = "if_nameindex"

    case makeNetwork = "Network.init"
    case startExecutors = "Network.executors"
    case closeNetwork = "Network.close"
    case run = "Network.run"
    case withDeadline = "Network.withDeadline"
    case spawn, join, sleep, read, write
}

extension OperationName: CustomStringConvertible {
    /// The raw value.
    public var description: String { rawValue }
}

extension Operation {
    /// The operation's name.
    public var name: OperationName { action.name }
}

extension Operation.Action {
    /// The action's name.
    public var name: OperationName {
        switch self {
        case .open: .open
        case .openPair: .openPair
        case .adopt: .adopt
        case .detach: .detach
        case .duplicate: .duplicate
        case .close: .close
        case .descriptor: .descriptor
        case .bind: .bind
        case .listen: .listen
        case .accept: .accept
        case .connect: .connect
        case .localAddress: .localAddress
        case .peerAddress: .peerAddress
        case .shutdown: .shutdown
        case .send: .send
        case .sendMessage: .sendMessage
        case .sendBatch: .sendBatch
        case .sendFile: .sendFile
        case .receive: .receive
        case .receiveMessage: .receiveMessage
        case .receiveBatch: .receiveBatch
        case .getOption: .getOption
        case .setOption: .setOption
        case .poll: .poll
        }
    }

    /// The address it names, for its error.
    public var address: SocketAddress? {
        switch self {
        case .bind(let address), .connect(let address): address
        case .sendMessage(let address, _, _): address
        case .sendBatch(let headers, _): headers.first?.address
        default: nil
        }
    }
}
