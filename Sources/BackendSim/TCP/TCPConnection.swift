internal import SocketModel

/// One end of a TCP connection: RFC 9293 with Linux's constants and choices, as a pure machine.
///
/// It knows neither sockets nor hosts, has no clock and no timers, and draws no random number. Its owner tells it what happens, with the
/// time in nanoseconds, and after every call takes the segments that it wants to send:
///
///     connection.handle(header, payload: bytes, now: now)
///     while connection.poll(&header, payload: &payload, now: now) { transmit(header, payload) }
///     startTimer(connection.nextDeadline)    // then expire(now:)
///
/// Modelled: handshakes (also simultaneous), windows with scaling (RFC 7323), retransmission (RFC 6298), NewReno (RFC 6582), limited
/// transmit (RFC 3042), delayed and quick acknowledgements, Nagle with Minshall's variant, cork, zero-window probes, keep-alive, the user
/// timeout, orphans, TIME_WAIT, challenge acknowledgements (RFC 5961). Not modelled: selective acknowledgements, timestamps, ECN, urgent
/// data (the URG bit is ignored), Fast Open, path MTU discovery, growing buffers.
///
/// Whatever a peer sends, nothing traps, and memory is bounded by the two buffers.
struct TCPConnection: ~Copyable {
    var parameters: TCPParameters
    var state: TCPState
    var sending: TCPSending
    var receiving: TCPReceiving
    var roundTrip = RoundTrip()
    var congestion = CongestionWindow()
    var policy = AcknowledgmentPolicy()
    var owed = TCPOwed()
    var counters = TCPCounters()

    /// Retransmission, or the next probe of a closed window.
    var retransmitAt = TCPTime.never
    var acknowledgeAt = TCPTime.never
    /// Keep-alive, and the ends of FIN_WAIT2 and TIME_WAIT.
    var lifeAt = TCPTime.never
    /// Since when retransmissions or probes have not got further; `never` when nothing is stalled.
    var stalledSince = TCPTime.never
    var lastSent: Int64
    var lastReceived: Int64
    var lastAcknowledged: Int64
    var lastChallenge = TCPTime.never

    /// Timeouts since the last progress.
    var timeouts: UInt8 = 0
    /// How often the pause between probes was doubled.
    var backoff: UInt8 = 0
    /// Probes without any answer.
    var probes: UInt8 = 0
    /// Whether both ends said that they scale windows.
    var hasScaling = true
    /// Whether it began with a SYN of ours.
    let isActive: Bool
    /// Whether our SYN has left before.
    var isSynRepeated = false
    /// Whether the last send said that more is to come.
    var isMoreExpected = false
    /// Whether a partial segment leaves in spite of Nagle and cork.
    var isPushed = false
    /// The socket is closed: nobody will read, write, or ask.
    var isOrphan = false
    var pendingError: Int32 = 0
    var softError: Int32 = 0

    /// None: closed, with nothing to send.
    init() {
        self.init(.closed, TCPParameters().bounded, 0)
        owed.synchronize = false
        retransmitAt = TCPTime.never
    }

    /// The active end: a SYN is to be sent.
    init(connecting parameters: TCPParameters, now: Int64) {
        self.init(.synSent, parameters.bounded, now)
    }

    /// The passive end: a SYN-ACK is to be sent.
    init(accepting parameters: TCPParameters, syn: TCPHeader, now: Int64) {
        self.init(.synReceived, parameters.bounded, now)
        counters.segmentsReceived = 1
        negotiate(syn)
    }

    private init(_ state: TCPState, _ parameters: TCPParameters, _ now: Int64) {
        self.parameters = parameters
        self.state = state
        isActive = state == .synSent
        sending = TCPSending(parameters.initialSequence, segment: min(parameters.maximumSegment, 536))
        receiving = TCPReceiving(scale: parameters.windowScale)
        policy.isInteractive = !parameters.quickAcknowledge
        (lastSent, lastReceived, lastAcknowledged) = (now, now, now)
        retransmitAt = TCPTime.after(roundTrip.timeout, now)
        owed.synchronize = true
    }

    /// What a SYN says of its sender.
    mutating func negotiate(_ syn: TCPHeader) {
        receiving.initial = syn.sequence
        receiving.next = syn.sequence &+ 1
        receiving.windowStart = receiving.next
        let offered = syn.maximumSegment == 0 ? 536 : max(Int(syn.maximumSegment), 48)
        sending.segment = min(parameters.maximumSegment, offered)
        if syn.windowScale == 255 {
            (hasScaling, sending.scale, receiving.scale) = (false, 0, 0)
        } else {
            sending.scale = min(syn.windowScale, 14)
        }
        sending.window = UInt32(syn.window)
        sending.windowSequence = syn.sequence
        sending.largestWindow = sending.window
        receiving.segment = max(min(parameters.maximumSegment, sending.segment, 536), 88)
    }

    /// When ``expire(now:)`` must be called; `Int64.max` for never.
    var nextDeadline: Int64 { @inline(__always) get { min(retransmitAt, acknowledgeAt, lifeAt) } }

    /// Whether nothing will come of it any more, once ``poll(_:payload:now:)`` has nothing to send.
    var isFinished: Bool { state == .closed && isOrphan }
}

/// What is to be sent as soon as the owner asks.
struct TCPOwed: BitwiseCopyable {
    /// What makes a segment, a bit each: whether there is any is asked after every call, and a byte each made round trips 5 % slower.
    private var segments: UInt8 = 0
    /// The next segment leaves whatever Nagle and cork say, with what the window takes.
    var forced = false
    /// Empty for none.
    var reset: TCPFlags = [] { didSet { self[4] = !reset.isEmpty } }
    var resetSequence: UInt32 = 0
    var resetAcknowledgement: UInt32 = 0

    var synchronize: Bool {
        get { self[0] }
        set { self[0] = newValue }
    }
    var acknowledgement: Bool {
        get { self[1] }
        set { self[1] = newValue }
    }
    /// A segment just outside of the peer's window, which makes it tell its window or that it lives.
    var probe: Bool {
        get { self[2] }
        set { self[2] = newValue }
    }
    /// The first unacknowledged segment, once more.
    var repeatFirst: Bool {
        get { self[3] }
        set { self[3] = newValue }
    }

    @inline(__always) var isSomething: Bool { segments != 0 }

    private subscript(_ bit: UInt8) -> Bool {
        @inline(__always) get { segments & 1 &<< bit != 0 }
        @inline(__always) set { segments = newValue ? segments | 1 &<< bit : segments & ~(1 &<< bit) }
    }
}

/// What a connection has seen: for `tcp_info`.
struct TCPCounters: BitwiseCopyable {
    var segmentsSent: UInt32 = 0
    var segmentsReceived: UInt32 = 0
    var dataSegmentsSent: UInt32 = 0
    var dataSegmentsReceived: UInt32 = 0
    /// Segments sent more than once, SYNs among them.
    var retransmissions: UInt32 = 0
    var bytesSent: UInt64 = 0
    var bytesRetransmitted: UInt64 = 0
    var bytesAcknowledged: UInt64 = 0
    var bytesReceived: UInt64 = 0
}
