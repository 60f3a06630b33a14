// A send and a receive over a socket pair, against the same two calls in C, in the same process.
//
//     swift run -c release --package-path Benchmarks call-cost
//
// Both use one buffer of the caller's. The allocations of each way are counted too.

import CBaseline
import Measurement
import Sockets

let network = try Network(.posix)
let (first, second) = try network.socketPair()
let (raw1, raw2) = try network.socketPair()
let (bare1, bare2) = (try raw1.detach(), try raw2.detach())
let operations = 400

func pairs(_ size: Int) -> Comparison {
    var baseline = [UInt8](repeating: 7, count: size)
    return Comparison("send + receive \(size) B", operations: operations, bound: 1.08) {
        var total = 0
        var memory = [UInt8](repeating: 7, count: size)
        for _ in 0..<operations {
            total &+= (try? first.send(memory)) ?? 0
            total &+= (try? second.receive(into: &memory)) ?? 0
        }
        return total
    } theirs: {
        baseline_pairs(bare1, bare2, &baseline, UInt(size), operations)
    }
}

func allocations(_ name: String, _ body: () throws -> Void) rethrows {
    try body()
    let before = baseline_allocations()
    for _ in 0..<1000 { try body() }
    print("allocations of \(name): \(Double(baseline_allocations() - before) / 1000)")
}

report([pairs(64), pairs(1024), pairs(16384)], against: "C")
print()
var memory = [UInt8](repeating: 7, count: 64)
try allocations("send + receive(into:)") {
    _ = try first.send(memory)
    _ = try second.receive(into: &memory)
}
try allocations("send + receive(1024)") {
    _ = try first.send(memory)
    _ = try second.receive(1024)
}
