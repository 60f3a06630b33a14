/// How the packets from one host to another fare: data, that may be changed while a simulation runs.
///
/// Probabilities below 0, or that are no number, are 0, and above 1 they are 1. Durations below zero are zero, and above 36 years 36 years.
///
/// Each fault draws from a stream of random numbers of its own, and one that is off draws nothing: adding a fault does not shift what
/// the others do.
public struct LinkConditions: Hashable, Sendable, Codable {
    /// How long a packet is under way. Packets keep their order unless ``reordering`` says otherwise.
    public var latency: Distribution
    /// How likely a packet is lost, 0...1; each fragment of a datagram that is larger than a packet may be.
    public var loss: Double = 0
    /// Losses in a row, beside ``loss``.
    public var burstLoss: BurstLoss?
    /// How likely a packet arrives twice, 0...1; the second time after another draw of ``latency``.
    public var duplication: Double = 0
    /// How likely a packet is held back by ``reorderingDelay``, 0...1, so that later ones overtake it.
    public var reordering: Double = 0
    /// How much longer a packet that is held back is under way.
    public var reorderingDelay: Distribution = .uniform(.microseconds(100)...(.milliseconds(1)))
    /// How likely a packet is damaged, 0...1. A damaged datagram arrives with one byte changed, as if its checksum had been blind to it; a
    /// damaged TCP segment is dropped, as its checksum sees to.
    public var corruption: Double = 0
    /// How many bits a second the way takes, at least 1; nil for any number. The way is that from one host to one other: all that leave for
    /// several hosts, or come from several, have a way each.
    public var bitsPerSecond: Int?
    /// How many bytes may wait for a way of limited ``bitsPerSecond``; what comes when they do is lost.
    public var queueLimit = 256 << 10

    /// Conditions without faults: packets arrive after `latency`, in their order.
    public init(latency: Distribution = .fixed(.microseconds(100))) { self.latency = latency }

    /// Conditions without faults but for lost packets.
    public init(latency: Distribution, loss: Double) {
        self.latency = latency
        self.loss = loss
    }
}

/// Losses that come in a row: the Gilbert-Elliott model, with its two states.
public struct BurstLoss: Hashable, Sendable, Codable {
    /// How likely a packet begins a burst, 0...1.
    public var beginning: Double
    /// How likely a packet of a burst is its last, 0...1: a burst has one over this packets, on average.
    public var ending: Double
    /// How likely a packet of a burst is lost, 0...1.
    public var loss: Double

    /// Bursts that begin and end so likely.
    public init(beginning: Double, ending: Double, loss: Double = 1) {
        self.beginning = beginning
        self.ending = ending
        self.loss = loss
    }
}

extension LinkConditions {
    /// Whether nothing but time happens to a packet.
    var isFaultless: Bool {
        loss == 0 && burstLoss == nil && duplication == 0 && reordering == 0 && corruption == 0 && bitsPerSecond == nil
    }
}
