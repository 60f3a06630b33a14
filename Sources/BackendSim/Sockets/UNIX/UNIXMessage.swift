internal import SocketModel

/// One datagram, or some of a stream's bytes that were sent at once, on its way.
final class UNIXMessage {
    let bytes: [UInt8]
    /// How many of its bytes a stream has delivered.
    var consumed = 0
    /// Whose name it bears, and whose send buffer it takes room of.
    let sender: UNIXSocket
    let credentials: PeerCredentials?
    /// The sockets that travel with it.
    var rights: [SimulatedSocket]
    /// When it was sent, by the host's clock.
    let arrival: NetworkInstant
    private let charge: Int

    init(
        _ bytes: UnsafeRawBufferPointer, from sender: UNIXSocket, charge: Int, credentials: PeerCredentials?,
        rights: [SimulatedSocket]
    ) {
        unsafe self.bytes = Array(bytes)
        self.sender = sender
        self.charge = charge
        self.credentials = credentials
        self.rights = rights
        arrival = sender.kernel.now
        sender.charged += charge
    }

    var rest: ArraySlice<UInt8> { bytes[consumed...] }

    /// It has been received: its sender has room for more.
    func free() {
        sender.charged -= charge
        // The receiver is not done yet: the sender's next message must not come before it is.
        if !sender.isDead, sender.isWritable { sender.changedSoon() }
    }

    /// Nobody will receive it.
    func discard() {
        sender.kernel.land(rights.take())
        free()
    }
}

extension [SimulatedSocket] {
    /// The sockets, and none are left.
    mutating func take() -> Self {
        defer { self = [] }
        return self
    }
}

/// What the kernel's own memory for messages amounts to.
enum UNIXBuffer {
    private static let page = 4096
    /// A message's own bookkeeping, and what the end of its memory is for.
    private static let head = 256
    private static let tail = 320
    /// The longest run of bytes a message of a stream, or a datagram, keeps in one piece.
    private static let streamPiece = page - tail
    private static let datagramPiece = 4 * page - tail
    /// How many bytes a stream's message has in pages of their own at most.
    private static let streamPages = 32768

    /// How many of a stream's bytes go into one message: two of them fit into the buffer.
    static func part(of count: Int, sendBuffer: Int) -> Int {
        min(count, sendBuffer / 2 - 64, streamPiece + streamPages)
    }

    /// What a message of so many bytes takes.
    static func charge(_ count: Int, isStream: Bool) -> Int {
        let excess = max(0, count - (isStream ? streamPiece : datagramPiece))
        let paged = isStream ? rounded(excess, to: page) : rounded(min(excess, 17 * page), to: page)
        let linear = count - min(count, paged)
        return head + block(rounded(linear, to: 64) + tail) + rounded(min(count, paged), to: page)
    }

    private static func rounded(_ count: Int, to unit: Int) -> Int { (count + unit - 1) / unit * unit }

    /// The kernel gives memory in powers of two.
    private static func block(_ count: Int) -> Int {
        var size = 512
        while size < count { size *= 2 }
        return size
    }
}
