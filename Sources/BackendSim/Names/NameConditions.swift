internal import SocketModel

/// How look-ups in a simulation's names fare: data, that may be changed while the simulation runs.
///
/// What a host knows by itself is never delayed and never fails: numeric text, `localhost`, its own name and addresses, services and
/// protocols.
public struct NameConditions: Hashable, Sendable, Codable {
    /// How long an answer takes.
    public var latency: Distribution

    /// How likely it is that no server answers: a temporary failure after ``timeout``. From 0 to 1.
    public var silence = 0.0

    /// How long is waited for a server that does not answer; twice five seconds, as Linux does, unless set.
    public var timeout = Duration.seconds(10)

    /// How likely it is that a server cannot answer for the moment: `EAI_AGAIN`, `TRY_AGAIN`. From 0 to 1.
    public var temporaryFailure = 0.0

    /// How likely it is that a name or an address is not found, though it is there: `EAI_NONAME`, `HOST_NOT_FOUND`. From 0 to 1.
    public var notFound = 0.0

    /// Conditions without faults: each answer takes `latency`.
    public init(latency: Distribution = .fixed(.milliseconds(1))) { self.latency = latency }
}

/// What one host's look-ups draw from: each kind of fault from a stream of its own.
struct NameStreams {
    private var latency: RandomStream
    private var silence: RandomStream
    private var temporaryFailure: RandomStream
    private var notFound: RandomStream

    init(_ world: World, host: Int) {
        let owner = UInt64(host) << 8
        latency = world.stream(.names, owner)
        silence = world.stream(.names, owner | 1)
        temporaryFailure = world.stream(.names, owner | 2)
        notFound = world.stream(.names, owner | 3)
    }

    /// How one look-up fares.
    mutating func draw(_ conditions: NameConditions) -> NameCourse {
        let delay = conditions.latency.draw(&latency)
        let isSilent = silence.happens(conditions.silence)
        let isTemporary = temporaryFailure.happens(conditions.temporaryFailure)
        let isUnknown = notFound.happens(conditions.notFound)
        if isSilent {
            return NameCourse(delay: max(0, conditions.timeout.saturatingNanoseconds), failure: .tryAgain)
        }
        return NameCourse(delay: delay, failure: isTemporary ? .tryAgain : isUnknown ? .hostNotFound : nil)
    }
}
