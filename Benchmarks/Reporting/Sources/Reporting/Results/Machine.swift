/// What the figures were taken on: names and values in order, and the day.
public struct Machine: Codable, Sendable {
    /// Something to know about it.
    public struct Fact: Codable, Sendable {
        /// What.
        public let name: String
        /// The machine's answer.
        public let value: String

        /// All of it.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Year, month and day.
    public var date: String
    /// In the order of reports.
    public var facts: [Fact]

    /// All of it.
    public init(date: String, facts: [Fact]) {
        self.date = date
        self.facts = facts
    }
}
