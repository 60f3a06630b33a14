import Glibc

/// One thing measured on both sides, its rounds taken in turn so that whatever disturbs the machine disturbs both.
public struct Comparison {
    let name: String
    let operations: Int
    let bound: Double
    let ours: () -> Int
    let theirs: () -> Int

    /// Bodies that each do `operations` and return something made of the results, so that none of their work is dead.
    ///
    /// - Parameter bound: The largest ratio of ours to theirs that counts as good.
    public init(
        _ name: String, operations: Int, bound: Double, ours: @escaping () -> Int, theirs: @escaping () -> Int
    ) {
        self.name = name
        self.operations = operations
        self.bound = bound
        self.ours = ours
        self.theirs = theirs
    }
}

/// Nanoseconds of each round.
struct Rounds {
    private var nanoseconds: [Double] = []

    mutating func add(_ value: Double) { nanoseconds.append(value) }

    var median: Double { nanoseconds.sorted()[nanoseconds.count / 2] }
    var minimum: Double { nanoseconds.min() ?? 0 }
    var maximum: Double { nanoseconds.max() ?? 0 }
}

/// Nanoseconds for one operation of a body that does `operations` of them in a pass.
func time(operations: Int, _ body: () -> Int) -> Double {
    let passes = 25
    let start = now()
    for _ in 0..<passes { sink &+= body() }
    return Double(now() - start) / Double(operations * passes)
}

/// What the bodies return ends here, so that none of their work is dead.
nonisolated(unsafe) var sink = 0

private func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
