/// How much a resolver holds at most.
public struct DNSResolverLimits: Hashable, Sendable {
    /// Questions that are not answered yet; one more is answered with ``DNSLookupError/tooManyQuestions``.
    public var questions = 1024
    /// Sockets that are open at the same time; what needs one more waits, first come, first served.
    public var channels = 64
    /// Answers that are kept; 0 keeps none. At the bound, what was asked for least recently makes room.
    public var cachedAnswers = 4096

    /// The usual limits.
    public init() {}
}

/// What a resolver has seen so far.
public struct DNSResolverStatistics: Hashable, Sendable {
    /// Messages that were sent.
    public var sent = 0
    /// Questions, of a name and a type, that were answered by what is kept.
    public var answeredFromCache = 0
    /// Questions, of a name and a type, that were under way already.
    public var joined = 0
    /// Messages that are no answers to what was asked: forged, or late.
    public var unexpected = 0
    /// Datagrams and streams that are no messages.
    public var malformed = 0
    /// Answers that were cut, and asked for over TCP.
    public var truncated = 0
    /// Times that a server has not answered in time.
    public var timeouts = 0
}
