public import SocketModel

/// How a ``ConnectionRace`` is run; the standard values are RFC 8305's.
public struct ConnectionRaceOptions: Hashable, Sendable {
    /// The family whose addresses are tried first, and whose answer is waited for.
    public var preferredFamily: AddressFamily

    /// How long the answer for the preferred family is waited for once the other's is there: 0...2 s; 50 ms unless set.
    public var resolutionDelay: Duration {
        didSet { resolutionDelay = min(max(resolutionDelay, .zero), Self.longestDelay) }
    }

    /// The head start of an attempt before the next one: 10 ms...2 s; 250 ms unless set.
    public var attemptDelay: Duration {
        didSet { attemptDelay = min(max(attemptDelay, Self.shortestAttempt), Self.longestDelay) }
    }

    /// How many addresses of the preferred family are tried before the first of the other: 1 and more; 1 unless set.
    public var firstFamilyCount: Int {
        didSet { firstFamilyCount = max(firstFamilyCount, 1) }
    }

    private static let shortestAttempt = Duration.milliseconds(10)
    private static let longestDelay = Duration.seconds(2)

    /// Options; what lies out of bounds is brought to the nearest bound, as the RFC demands.
    public init(
        preferredFamily: AddressFamily = .ipv6, resolutionDelay: Duration = .milliseconds(50),
        attemptDelay: Duration = .milliseconds(250), firstFamilyCount: Int = 1
    ) {
        self.preferredFamily = preferredFamily
        self.resolutionDelay = min(max(resolutionDelay, .zero), Self.longestDelay)
        self.attemptDelay = min(max(attemptDelay, Self.shortestAttempt), Self.longestDelay)
        self.firstFamilyCount = max(firstFamilyCount, 1)
    }
}
