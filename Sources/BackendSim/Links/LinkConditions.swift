/// How the packets from one host to another fare: data, that may be changed while the simulation runs.
public struct LinkConditions: Hashable, Sendable, Codable {
    /// How long a packet is under way. Packets keep their order unless ``reordering`` says otherwise.
    public var latency: Distribution

    /// Conditions without faults: packets arrive after `latency`, in their order.
    public init(latency: Distribution = .fixed(.microseconds(100))) { self.latency = latency }
}
