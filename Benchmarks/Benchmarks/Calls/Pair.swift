import Benchmark
import CBaseline
import Glibc

/// One thing done by ours and by C.
///
/// The harness measures one benchmark after another, and whatever befalls the machine meanwhile would befall one side: so an iteration here
/// measures both sides, in an order that changes, and reports both and their ratio as metrics.
struct Pair {
    let name: String
    /// How many operations one call of either body does.
    let operations: Int
    /// Bodies that return something made of the results, so that none of their work is dead.
    let ours: () -> Int
    let theirs: () -> Int

    func register() {
        let configuration = Benchmark.Configuration(
            metrics: [.ours, .theirs, .ratio, .allocations],
            units: [.ours: .count, .theirs: .count, .ratio: .count, .allocations: .count],
            warmupIterations: 20, maxDuration: .seconds(2), maxIterations: 2000)
        Benchmark(name, configuration: configuration) { benchmark in measure(benchmark) }
    }

    private func measure(_ benchmark: Benchmark) {
        let isFirst = benchmark.currentIteration.isMultiple(of: 2)
        var other = isFirst ? 0 : picoseconds(theirs)
        let allocated = baseline_allocations()
        let mine = picoseconds(ours)
        let allocations = baseline_allocations() - allocated
        if isFirst { other = picoseconds(theirs) }
        benchmark.measurement(.ours, mine)
        benchmark.measurement(.theirs, other)
        benchmark.measurement(.ratio, mine * 1000 / max(other, 1))
        benchmark.measurement(.allocations, allocations * 1000 / operations)
    }

    /// Of one operation.
    private func picoseconds(_ body: () -> Int) -> Int {
        let start = now()
        blackHole(body())
        return (now() - start) * 1000 / operations
    }
}

/// Metrics are whole numbers: picoseconds of an operation, and thousandths.
extension BenchmarkMetric {
    static let ours = custom("ours")
    static let theirs = custom("theirs")
    static let ratio = custom("ratio")
    static let allocations = custom("allocations")
}

private func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
