public import Layers
public import SocketModel

/// A machine at work on a socket: who asks for its next event carries out meanwhile what it wants.
///
/// ```swift
/// func logIn(_ machine: some StreamMachine<String>, over socket: Socket) async throws(SocketError) -> [String] {
///     var conversation = socket.conversation(machine)
///     var heard: [String] = []
///     while let event = try await conversation.next(deadline: .within(.seconds(10))) { heard.append(event) }
///     return heard
/// }
/// ```
///
/// What its user wants of the machine is said to ``machine`` between two calls. A conversation may be given up at any event: the socket is then its
/// user's again, and the machine holds what it has received and not used.
public struct Conversation<Machine: StreamMachine>: Sendable {
    /// The connection.
    public let socket: Socket
    /// The machine.
    public var machine: Machine

    private var hasEnded = false
    private var isOver = false

    init(_ socket: Socket, _ machine: Machine) {
        self.socket = socket
        self.machine = machine
    }

    /// What is to be done for the machine next.
    enum Step {
        case send(Chunk)
        case receive(until: NetworkInstant)
        case sleep(until: NetworkInstant)
        case close
        case done(Machine.Event?)
    }

    mutating func step() throws(SocketError) -> Step {
        while !isOver {
            switch machine.poll(now: socket.network.now) {
            case .send(let bytes): return .send(bytes)
            case .event(let event): return .done(event)
            case .finish: try socket.shutdown(.send)
            case .reset:
                try socket.set(.socket.linger, .on(seconds: 0))
                fallthrough
            case .close:
                isOver = true
                return .close
            case .wait(let instant) where !hasEnded: return .receive(until: instant)
            // Nothing will ever happen.
            case .wait(.distantFuture): return .done(nil)
            case .wait(let instant): return .sleep(until: instant)
            }
        }
        return .done(nil)
    }

    mutating func take(_ received: Chunk?) {
        hasEnded = received == nil
        machine.handle(received.map { .received($0) } ?? .ended, now: socket.network.now)
    }

    /// Whether a wait that has ended so has ended because the machine's time has come, before its user's.
    func isDue(_ error: SocketError, _ instant: NetworkInstant, before limit: NetworkInstant) -> Bool {
        error.code == .timedOut && instant < limit
    }
}

extension Socket {
    /// Puts a machine to work on this connection.
    public func conversation<Machine: StreamMachine>(_ machine: Machine) -> Conversation<Machine> {
        Conversation(self, machine)
    }
}

extension Conversation where Machine: OpeningMachine {
    /// Ends the conversation when its opening is over: what was received behind it goes to the socket's next receive.
    public consuming func handOver() -> Socket {
        if let unread = machine.takeUnread() { socket.usage.keep(unread.array[...]) }
        return socket
    }
}
