@testable import BackendSim

/// A ring of bytes and the runs behind a gap, against an array and a set of numbers.
func fuzzTCPParts(_ bytes: [UInt8]) throws {
    var script = Script(bytes)
    if script.pick(2) == 0 { try checkRing(&script) } else { try checkRuns(&script) }
}

private func checkRing(_ script: inout Script) throws {
    var ring = ByteRing()
    var model: [UInt8] = []
    while !script.isOver {
        switch script.pick(5) {
        case 0, 1:
            let more = script.bytes(script.pick(256))
            unsafe more.withUnsafeBytes { unsafe ring.append($0) }
            model += more
        case 2:
            let count = script.pick(256)
            ring.drop(count)
            model.removeFirst(min(count, model.count))
        case 3:
            // Behind a gap, which is then filled.
            let (gap, behind) = (script.bytes(script.pick(64)), script.bytes(script.pick(64)))
            unsafe behind.withUnsafeBytes { unsafe ring.write($0, at: ring.count + gap.count) }
            unsafe gap.withUnsafeBytes { unsafe ring.write($0, at: ring.count) }
            ring.extend(by: gap.count + behind.count)
            model += gap + behind
        default:
            if ring.count == 0 { ring.settle() }
        }
        let offset = script.pick(64)
        var (copied, filled) = ([UInt8](repeating: 0, count: script.pick(256)), script.bytes(script.pick(64)))
        let count = unsafe copied.withUnsafeMutableBytes { unsafe ring.copy(from: offset, into: $0) }
        ring.copy(from: offset, count: copied.count, to: &filled)
        let expected = Array(model.dropFirst(offset).prefix(copied.count))
        try demand(ring.count, equals: model.count, "the ring's count")
        try demand(Array(copied[..<count]), equals: expected, "bytes copied from \(offset)")
        try demand(filled, equals: expected, "an array filled from \(offset)")
    }
}

private func checkRuns(_ script: inout Script) throws {
    // Numbers are small, and the sequence space begins near its end.
    let base: UInt32 = .max - 100
    var runs = Reassembly()
    var model: Set<Int> = []
    var next = 0
    while !script.isOver {
        if script.pick(4) == 0 {
            next += script.pick(8)
            let reached = runs.advance(base &+ UInt32(truncatingIfNeeded: next)) &- base
            while model.contains(next) { next += 1 }
            try demand(reached, equals: UInt32(truncatingIfNeeded: next), "where the order ends")
            model = model.filter { $0 >= next }
        } else {
            let start = next + 1 + script.pick(256)
            let end = start + 1 + script.pick(32)
            if runs.insert(base &+ UInt32(truncatingIfNeeded: start), base &+ UInt32(truncatingIfNeeded: end)) {
                model.formUnion(start..<end)
            }
        }
        try demand(runs.runs.count <= Reassembly.limit, "too many runs")
        let covered = runs.runs.reduce(0) { $0 + Int($1.end &- $1.start) }
        try demand(covered, equals: model.count, "numbers that have come")
        for (run, following) in zip(runs.runs, runs.runs.dropFirst()) {
            try demand(run.end.isBefore(following.start), "runs that touch, or are out of order")
        }
    }
}
