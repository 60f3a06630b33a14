import Glibc

/// One thing measured on both sides, its rounds taken in turn so that whatever disturbs the machine disturbs both.
struct Comparison {
    let name: String
    /// The largest ratio of ours to glibc's that counts as good.
    let bound: Double
    let ours: () -> Int
    let glibc: () -> Int
}

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
