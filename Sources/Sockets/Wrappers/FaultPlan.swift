internal import Locks
public import SocketModel

/// Which operations shall fail, and how: rules, each for a number of matching operations, the first that matches wins.
public final class FaultPlan: Sendable {
    /// One rule.
    public struct Rule: Sendable {
        /// The operations it is for, by the C call underneath: `.send` is `send` and `sendAll`; `.sendMessage` is what has an address or
        /// control messages, `send(_:to:)` too; `.sendBatch`, `.sendFile`, and likewise `.receive`, `.receiveMessage`, which
        /// `receiveFrom` is, and `.receiveBatch`.
        public var operation: OperationName
        /// How many matching operations pass before it strikes.
        public var skip: Int
        /// How often it strikes.
        public var times: Int
        /// What the operation fails with.
        public var failure: Failure

        /// Fails `times` operations of that name, after the first `skip`; negative numbers count as zero.
        public init(_ operation: OperationName, skip: Int = 0, times: Int = 1, _ failure: Failure) {
            self.operation = operation
            self.skip = max(0, skip)
            self.times = max(0, times)
            self.failure = failure
        }
    }

    private let rules: Lock<[Rule]>

    /// A plan of these rules.
    public init(_ rules: [Rule] = []) { self.rules = Lock(rules) }

    /// Adds a rule behind the others.
    public func add(_ rule: Rule) { rules.withLock { $0.append(rule) } }

    /// The failure planned for the next operation of that name; nil when it shall go through.
    func next(_ operation: OperationName) -> Failure? {
        rules.withLock { rules in
            guard let index = rules.firstIndex(where: { $0.operation == operation && $0.times > 0 }) else { return nil }
            if rules[index].skip > 0 {
                rules[index].skip -= 1
                return nil
            }
            rules[index].times -= 1
            return rules[index].failure
        }
    }
}
