/// The half of a connection that sends: what was written and is not acknowledged, and how far it has got.
///
/// A SYN and a FIN take a sequence number each, before the first byte and after the last.
struct TCPSending: ~Copyable {
    /// The bytes from the first unacknowledged one on.
    var ring = ByteRing()
    /// `SND.UNA`.
    var unacknowledged: UInt32
    /// `SND.NXT`: the highest number sent, plus one.
    var next: UInt32
    /// After a timeout, what is repeated next; ``next`` when nothing is.
    var repeated: UInt32
    /// `SND.WND`, bytes.
    var window: UInt32 = 0
    /// `SND.WL1`: the segment of the last window update.
    var windowSequence: UInt32 = 0
    var largestWindow: UInt32 = 0
    /// The end of the last segment sent that was not full.
    var smallEnd: UInt32
    /// The end of the segment whose round trip is measured.
    var timedEnd: UInt32 = 0
    /// When that left; `never` when none is measured.
    var timedAt = TCPTime.never
    /// The largest payload, agreed upon.
    var segment: Int
    var scale: UInt8 = 0
    var isSynAcknowledged = false
    /// A FIN is wanted after the last byte.
    var isShutDown = false
    var isFinSent = false
    var isFinAcknowledged = false

    init(_ initial: UInt32, segment: Int) {
        unacknowledged = initial
        next = initial &+ 1
        repeated = initial &+ 1
        smallEnd = initial
        self.segment = segment
    }

    /// In sequence numbers.
    var inFlight: Int { @inline(__always) get { Int(next &- unacknowledged) } }

    /// How many of the ring's bytes have been sent.
    var sentCount: Int {
        @inline(__always) get { inFlight - (isSynAcknowledged ? 0 : 1) - (isFinSent && !isFinAcknowledged ? 1 : 0) }
    }

    var unsentCount: Int { @inline(__always) get { ring.count - sentCount } }

    var wantsFin: Bool { @inline(__always) get { isShutDown && !isFinSent } }

    /// How many bytes more the peer's window takes; negative when it has shrunk.
    var room: Int { @inline(__always) get { Int(window) - inFlight } }

    var isRepeating: Bool { @inline(__always) get { repeated != next } }

    /// Not more than half of the largest window that the peer ever offered, so that a peer with a small one is not stalled.
    var fittingSegment: Int {
        @inline(__always) get {
            if largestWindow >= UInt32(truncatingIfNeeded: 2 * segment) { return segment }
            let most = largestWindow > 536 ? largestWindow >> 1 : largestWindow
            return most == 0 ? segment : min(segment, max(Int(most), 48))
        }
    }
}
