public import SocketModel

/// A socket: one end of a conversation, or a place where conversations begin.
///
/// A socket may be shared between threads and tasks, a reader and a writer say. It closes when ``close()`` is called or when the last
/// reference goes; ``close()`` wakes whoever waits in it, and every later call fails with ``SocketError/Code/closed``. The descriptor's
/// number goes back to the system only after the last call has left, so a reused number is never touched.
///
/// How long calls may wait is the socket's ``mode``, unless the call has a deadline of its own.
@safe public final class Socket: Sendable {
    /// The network it belongs to.
    public let network: Network
    /// Its address family.
    public let family: AddressFamily
    /// Its type.
    public let type: SocketType
    /// Its protocol, as it was asked for: ``IPProtocol/default`` leaves the choice to the family and the type.
    public let `protocol`: IPProtocol

    let handle: SocketHandle
    let usage = SocketUsage()
    let patience = SocketPatience()
    private let awaitingReference = OnceReference<SocketAwaiting>()

    init(_ handle: SocketHandle, network: Network, family: AddressFamily, type: SocketType, protocol: IPProtocol) {
        self.handle = handle
        self.network = network
        self.family = family
        self.type = type
        self.protocol = `protocol`
    }

    /// The registry's alone.
    nonisolated(unsafe) var place = unsafe SocketRegistry.Place()

    deinit {
        network.registry.remove(self)
        guard usage.close() != nil else { return }
        awaiting?.registration.end()
        _ = unsafe backend.execute(Operation(.close(lingering: !patience.mayLinger), on: handle), memory: .none)
    }

    @inline(__always) var backend: any Backend { network.backend }

    /// What awaited calls need; nil before the first of them.
    @inline(__always) var awaiting: SocketAwaiting? { awaitingReference.value }

    /// As ``awaiting``, for as long as the socket is held.
    @inline(__always) var unownedAwaiting: Unmanaged<SocketAwaiting>? { unsafe awaitingReference.unowned }

    /// Calls `body` with what awaited calls need, which lives as long as the socket; nil before the first of them.
    @inline(__always) func withAwaiting<R>(_ body: (SocketAwaiting) -> R) -> R? {
        unsafe unownedAwaiting?._withUnsafeGuaranteedRef(body)
    }

    /// Remembers what awaited calls need, for the socket's life, and returns it, or what another thread has remembered before.
    func remember(_ awaiting: SocketAwaiting) -> SocketAwaiting { awaitingReference.set(awaiting) }

    /// Whether zero bytes received mean the end, not an empty message.
    var endsWithZero: Bool { type == .stream || type == .sequencedPacket }
}

extension Socket {
    /// Carries out one operation while the socket cannot go away.
    @inline(__always)
    func execute(
        _ action: Operation.Action, memory: OperationMemory = unsafe .none,
        until deadline: NetworkInstant = .distantFuture,
        _ subject: @autoclosure () -> SocketError.Subject? = nil
    ) throws(SocketError) -> Completion {
        let entry = usage.enterLooking()
        guard entry != .refused else { throw SocketError(.closed, action.name, subject()) }
        let operation = Operation(action, on: handle, deadline: deadline)
        let completion =
            entry == .entered
            ? unsafe backend.execute(operation, memory: memory) : unsafe executeBesideRemainder(operation, memory)
        usage.leave()
        if case .failure(let failure) = completion.outcome { throw explain(failure, action, subject()) }
        return completion
    }

    /// Carries out an operation that has nothing to tell.
    func perform(_ action: Operation.Action, until deadline: NetworkInstant = .distantFuture) throws(SocketError) {
        _ = unsafe try execute(action, until: deadline)
    }
}

extension Socket: CustomStringConvertible {
    /// What it is, its number, and its peer if it has one: "AF_INET SOCK_STREAM socket 7, peer 192.0.2.1:80"; for logs, not to be parsed.
    ///
    /// It makes no operation: recorders and fault plans do not notice.
    public var description: String {
        let kind = "\(family) \(type) socket"
        guard usage.enter() else { return "closed \(kind)" }
        defer { usage.leave() }
        return "\(kind) \(handle.rawValue)\(formerPeer.map { ", peer \($0)" } ?? "")"
    }
}
