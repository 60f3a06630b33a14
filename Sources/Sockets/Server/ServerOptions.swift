internal import SocketModel

/// How a listener serves: its limits, what it does when they are reached, and whom it tells.
///
/// Values out of bounds are refused by `serve` with ``SocketError/Code/invalidArgument``.
public struct ServerOptions: Sendable {
    /// How many connections are served at a time, 1...16,777,216. At the limit nothing is accepted, and further peers wait in the
    /// kernel's backlog, until a connection ends.
    public var maximumConnections: Int

    /// How long handlers may go on once the server is told to stop, before their tasks are cancelled: zero and more; nil waits for
    /// as long as they take. The standard value, zero, cancels them at once, as structured concurrency does.
    public var gracePeriod: Duration?

    /// How long accepting rests when the system has no descriptor or memory left, 1 millisecond ... 1 hour of the network's time. It
    /// goes on at once when one of this server's connections ends.
    public var exhaustionPause: Duration

    /// Is told what happens, on the thread where it happens; must not block. Without it nothing is reported, and nothing is spent on it.
    public var onEvent: (@Sendable (ServerEvent) -> Void)?

    /// How connections are spread over a network's executors.
    @_spi(Measuring) public var spreading = Spreading.handOff

    /// Options; what is not named has its standard value.
    public init(
        maximumConnections: Int = 65_536, gracePeriod: Duration? = .zero,
        exhaustionPause: Duration = .milliseconds(100), onEvent: (@Sendable (ServerEvent) -> Void)? = nil
    ) {
        self.maximumConnections = maximumConnections
        self.gracePeriod = gracePeriod
        self.exhaustionPause = exhaustionPause
        self.onEvent = onEvent
    }

    /// These options with one more that is told what happens, as ``onEvent`` is: after who was told before.
    public func reporting(to hook: @escaping @Sendable (ServerEvent) -> Void) -> ServerOptions {
        var options = self
        options.onEvent = hook
        if let earlier = onEvent {
            options.onEvent = { event in
                earlier(event)
                hook(event)
            }
        }
        return options
    }

    /// Throws for what is out of bounds.
    func validate() throws(SocketError) {
        try Self.check((1...(1 << 24)).contains(maximumConnections), "maximumConnections must be in 1...16777216")
        if let gracePeriod { try Self.check(gracePeriod >= .zero, "gracePeriod must not be negative") }
        try Self.check(
            (.milliseconds(1) ... .seconds(3600)).contains(exhaustionPause),
            "exhaustionPause must be in 1 millisecond...1 hour")
    }

    private static func check(_ isValid: Bool, _ rule: String) throws(SocketError) {
        if !isValid { throw SocketError(.invalidArgument, .accept, detail: rule) }
    }
}

extension ServerOptions {
    /// How connections come to the executors of a network that has several.
    @_spi(Measuring) public enum Spreading: Hashable, Sendable {
        /// The listener's executor accepts, and hands each connection to the executor that has fewest.
        case handOff
        /// Each executor accepts at a listener of its own, and the kernel spreads connections over them (`SO_REUSEPORT`). The listener must
        /// have that option set already. What waits in the further listeners' backlogs when the server ends is reset.
        case sharedPort
    }
}
