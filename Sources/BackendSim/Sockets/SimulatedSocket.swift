internal import SocketModel

/// What descriptors of a simulated host refer to: an open conversation, whatever its kind. Each kind overrides what it can do.
///
/// Nothing here waits: what would have to returns nil, and ``changed(_:)`` tells those who wait to try again. The errors are Linux's.
///
/// It is an event, too: those kinds that have timers need no other object for their alarm. What every message touches is not checked for
/// overlapping accesses, which would cost as much as all the rest: one thread at a time carries a simulation on.
class SimulatedSocket: Event {
    /// The host it is on.
    final let kernel: HostKernel
    final let family: AddressFamily
    final let type: SocketType
    final let `protocol`: IPProtocol
    @safe @exclusivity(unchecked) final var options: SocketOptionTable
    /// The error that the next call reports, or `SO_ERROR`.
    @safe @exclusivity(unchecked) final var pendingError: Errno?
    /// How many descriptors and messages in flight refer to it.
    final var references = 0
    /// How many of them are messages in flight.
    final var flights = 0
    /// Where its awaited calls wait: one place a descriptor at most.
    @safe @exclusivity(unchecked) final var places: [SimulatedRegistration] = []
    /// Threads that wait for it to change.
    @safe @exclusivity(unchecked) final var parked: [Parking] = []

    /// Of a slow reader: when it is ready for more, and whether somebody waits for that.
    final var readableFrom: Int64 = 0
    final var isReaderAwaited = false

    init(_ kernel: HostKernel, _ family: AddressFamily, _ type: SocketType, _ number: IPProtocol) {
        self.kernel = kernel
        self.family = family
        self.type = type
        self.protocol = number
        options = SocketOptionTable(family, type, number)
    }

    /// Something has changed: those who wait for it try again.
    @inline(__always)
    final func changed(_ events: PollEvents) {
        if places.count == 1 { places[0].advance(events) } else if !places.isEmpty { advanceAll(events) }
        if !parked.isEmpty { endParking() }
    }

    /// As ``changed(_:)``, but soon: for who is in the middle of something that those who wait might come back to.
    final func changedSoon() {
        for place in places { place.postpone() }
        if !parked.isEmpty { endParking() }
    }

    private final func advanceAll(_ events: PollEvents) {
        for place in places { place.advance(events) }
    }

    private final func endParking() {
        let parked = parked
        self.parked = []
        for parking in parked { parking.end() }
    }

    /// Reports the pending error, once.
    final func throwPendingError() throws(Errno) {
        if let error = pendingError.take() { throw error }
    }

    // MARK: What a kind may override

    /// The local address: `getsockname(2)`.
    var localAddress: SocketAddress { .unspecified }

    /// The peer's address: `getpeername(2)`.
    func peerAddress() throws(Errno) -> SocketAddress { throw .socketNotConnected }

    /// As ``peerAddress()``, but the peer of a connection that is under way, or over, too: `SO_PEERNAME`.
    var formerPeer: SocketAddress? { try? peerAddress() }

    func bind(_ address: SocketAddress) throws(Errno) { throw .notSupported }

    func listen(backlog: Int32) throws(Errno) { throw .notSupported }

    /// Takes the next connection; nil while there is none.
    func accept() throws(Errno) -> (SimulatedSocket, SocketAddress)? { throw .notSupported }

    /// Connects, or goes on to; false while that is under way.
    func connect(to address: SocketAddress) throws(Errno) -> Bool { throw .notSupported }

    func shutdown(_ direction: ShutdownDirection) throws(Errno) { throw .notSupported }

    /// Sends one message, or some of a stream's bytes; nil while there is no room.
    func send(_ bytes: UnsafeRawBufferPointer, _ header: SendHeader?, _ flags: MessageFlags) throws(Errno) -> Int? {
        throw .notSupported
    }

    /// Receives one message, or some of a stream's bytes, and lets `details` know the rest; nil while there is nothing. Of a message the
    /// count may exceed the room.
    func receive(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int? { throw .notSupported }

    /// What `poll(2)` would report of it.
    var readiness: PollEvents { [] }

    /// Whether a send takes any number of bytes, not exactly one message.
    var isStream: Bool { false }

    /// The last reference is gone; what is to be delivered still is.
    func close() {}

    /// Ends the conversation, before the last reference goes.
    func beginLingering() {}

    /// Whether not all that was sent has arrived.
    var lingers: Bool { false }

    /// Whether a connect is under way.
    var isConnecting: Bool { false }

    /// Whether a receive that would wait is told the end, and one that may not is refused: a datagram socket that was shut down.
    func isEndedForThoseWhoWait(toAccept: Bool) -> Bool { false }

    /// What a connect comes to that may not wait and would have to.
    var connectRefusal: Errno { isConnecting ? .alreadyInProcess : .nowInProgress }

    /// The sockets that travel with messages it has not delivered.
    var carried: [SimulatedSocket] { [] }

    /// The host has crashed: nothing leaves it any more.
    func vanish() {}

    /// Reads an option that is more than a stored value; nil if it is none.
    func liveOption(_ key: OptionKey, length: Int) throws(Errno) -> OptionBytes? { nil }

    /// Refuses an option that cannot be set now, whatever the value.
    func checkOption(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) {}

    /// Carries out an option that is no stored value.
    func performOption(_ key: OptionKey, _ bytes: OptionBytes) throws(Errno) { throw .protocolNotAvailable }

    /// An option has been set.
    func optionChanged(_ key: OptionKey) {}

    /// What it is, for people.
    var summary: SocketSummary { SocketSummary(protocol: "\(family) \(type)") }
}

/// What goes with a message beside its bytes.
struct SendHeader {
    var address: SocketAddress?
    var control: [ControlMessage] = []
}

/// What came with a message beside its bytes.
final class ReceiveDetails {
    var sender: SocketAddress?
    var control: [ControlMessage] = []
    var flags: MessageFlags = []
    /// How many bytes of control messages there is room for.
    let controlCapacity: Int

    init(controlCapacity: Int) { self.controlCapacity = controlCapacity }
}
