/// One instruction to a backend: which socket, what to do, and until when. Pure data; the bytes travel in ``OperationMemory``.
public struct Operation: Hashable, Sendable {
    /// The socket it concerns; ``SocketHandle/none`` where an action makes one or names its own.
    public var socket: SocketHandle
    /// What to do.
    public var action: Action
    /// When it fails with ``SocketError/Code/timedOut``, if it had to wait. ``NetworkInstant/distantPast`` forbids waiting: what
    /// cannot be done at once fails with ``SocketError/Code/wouldBlock``, or ``SocketError/Code/inProgress`` for a connect.
    public var deadline: NetworkInstant

    /// An instruction; without a deadline it may take for ever.
    @inlinable public init(_ action: Action, on socket: SocketHandle = .none, deadline: NetworkInstant = .distantFuture)
    {
        self.socket = socket
        self.action = action
        self.deadline = deadline
    }
}

extension Operation {
    /// What a backend can be told to do. Beside each: the outcome of success, and the corresponding C function.
    ///
    /// What carries an address or a list does so indirectly: an operation then fits in registers, and a send or receive of plain bytes
    /// neither copies nor destroys anything on its way to the backend.
    public enum Action: Hashable, Sendable {
        /// Makes a socket: ``Outcome/opened(_:)``. `socket(2)`.
        case open(AddressFamily, SocketType, IPProtocol)
        /// Makes two connected sockets: ``Outcome/pair(_:_:)``. `socketpair(2)`.
        case openPair(AddressFamily, SocketType, IPProtocol)
        /// Takes over a descriptor made elsewhere: ``Outcome/adopted(_:family:type:protocol:)``.
        case adopt(descriptor: Int32)
        /// Gives the descriptor back, in the given blocking mode unless it was adopted, which restores the mode it came with:
        /// ``Outcome/count(_:)`` is its number.
        case detach(blocking: Bool)
        /// Makes a second handle of the same socket: ``Outcome/opened(_:)``. `dup(2)`, close-on-exec.
        case duplicate
        /// Ends the handle: ``Outcome/done``. `close(2)`. With `lingering` false it never waits, whatever `SO_LINGER` says.
        case close(lingering: Bool)
        /// The number of the socket's descriptor: ``Outcome/count(_:)``.
        case descriptor

        /// Names the socket: ``Outcome/done``. `bind(2)`.
        indirect case bind(SocketAddress)
        /// Queues connections, at most `backlog` of them: ``Outcome/done``. `listen(2)`.
        case listen(backlog: Int32)
        /// Takes the next connection: ``Outcome/accepted(_:_:)``. `accept(2)`.
        case accept
        /// Connects: ``Outcome/done``. `connect(2)`.
        indirect case connect(SocketAddress)
        /// The socket's own address: ``Outcome/address(_:)``. `getsockname(2)`.
        case localAddress
        /// The peer's address: ``Outcome/address(_:)``. `getpeername(2)`.
        case peerAddress
        /// Ends one or both halves: ``Outcome/done``. `shutdown(2)`.
        case shutdown(ShutdownDirection)

        /// Sends one run of bytes: ``Outcome/count(_:)``. `send(2)`.
        case send(MessageFlags)
        /// Sends gathered bytes with an address and control messages: ``Outcome/count(_:)``. `sendmsg(2)`.
        indirect case sendMessage(to: SocketAddress?, control: [ControlMessage], MessageFlags)
        /// Sends one message a run of bytes: ``Outcome/count(_:)`` of messages. `sendmmsg(2)`.
        indirect case sendBatch([MessageHeader], MessageFlags)
        /// Sends `count` bytes of an open file from `offset`, at most to its end: ``Outcome/count(_:)``. `sendfile(2)`.
        indirect case sendFile(descriptor: Int32, offset: Int64, count: Int)
        /// Receives into one run of bytes: ``Outcome/count(_:)``; zero is the end of a stream. `recv(2)`.
        case receive(MessageFlags)
        /// Receives into scattered bytes, with the sender and up to `controlCapacity` bytes of control messages:
        /// ``Outcome/message(_:)``. `recvmsg(2)`.
        case receiveMessage(controlCapacity: Int, MessageFlags)
        /// Receives one message a run of bytes: waits for the first, then takes what is there: ``Outcome/messages(_:)``.
        /// `recvmmsg(2)` with `MSG_WAITFORONE`.
        case receiveBatch(controlCapacity: Int, MessageFlags)

        /// Reads an option, at most `length` bytes: ``Outcome/option(_:)``. `getsockopt(2)`.
        case getOption(OptionLevel, name: Int32, length: Int)
        /// Writes an option: ``Outcome/done``. `setsockopt(2)`.
        indirect case setOption(OptionLevel, name: Int32, OptionBytes)
        /// Waits until one of several sockets is ready: ``Outcome/readiness(_:)``, one entry each; all empty once the deadline
        /// has passed. A socket closed meanwhile answers ``PollEvents/invalid``. `poll(2)`.
        case poll([PollEntry])
    }

    /// Where a message goes and what goes with it.
    public struct MessageHeader: Hashable, Sendable {
        /// The receiver; nil for a connected socket.
        public var address: SocketAddress?
        /// What travels beside the bytes.
        public var control: [ControlMessage]

        /// The head of a message to `address` with `control`.
        @inlinable public init(address: SocketAddress? = nil, control: [ControlMessage] = []) {
            self.address = address
            self.control = control
        }
    }

    /// A socket and what is waited for.
    public struct PollEntry: Hashable, Sendable {
        /// The socket.
        public var socket: SocketHandle
        /// The events waited for; errors and hang-ups are always reported.
        public var events: PollEvents

        /// Waits for `events` of `socket`.
        @inlinable public init(_ socket: SocketHandle, _ events: PollEvents) {
            self.socket = socket
            self.events = events
        }
    }
}
