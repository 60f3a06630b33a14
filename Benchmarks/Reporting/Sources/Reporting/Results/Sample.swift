/// What the load generator reports of one run.
public struct Sample: Codable, Sendable {
    /// A share of all operations, and what it took at most.
    public struct Quantile: Codable, Sendable {
        /// 0 to 1: of all operations, how many took no longer.
        public let share: Double
        /// Nanoseconds.
        public let nanoseconds: Double
    }

    /// How long was measured.
    public let seconds: Double
    /// Answers, connections, or sends and receives of bulk.
    public let operations: Int
    /// Bytes of all of them.
    public let bytes: Int
    /// Datagrams without an answer for 50 ms.
    public let lost: Int
    /// Answers that were wrong, or connections that failed.
    public let errors: Int
    /// CPU time of the server's process, all threads.
    public let serverSeconds: Double
    /// Of it, what was not the kernel's.
    public let serverUserShare: Double
    /// CPU time of the load generator.
    public let loadSeconds: Double
    /// Of both cores in CPUs: other processes' work, interrupts' work, and what the hypervisor took.
    public let othersShare: Double
    /// Interrupts' work, of which others' is part.
    public let interruptsShare: Double
    /// What the hypervisor gave to other machines.
    public let stolenShare: Double
    /// Latencies, by growing share.
    public let quantiles: [Quantile]
}

/// What the load generator reports of connections that do nothing.
public struct IdleSample: Codable, Sendable {
    /// How many there were.
    public let connections: Int
    /// Resident memory before the first connection.
    public let startBytes: Double
    /// Resident memory for each connection, as accepted and after one echo.
    public let freshBytes: Double
    /// The same after one echo on each.
    public let usedBytes: Double
    /// Answers that were wrong, or connections that failed.
    public let errors: Int
}
