import SocketModel
import TestSupport
import Testing

@testable import BackendSim

/// The parts that the machine is made of.
@Suite struct PartsTests {
    @Test func sequenceNumbersWrap() {
        #expect(UInt32.max.isBefore(0))
        #expect(UInt32(5).isAfter(.max - 5))
        #expect(!UInt32(7).isBefore(7))
        #expect(!UInt32(7).isAfter(7))
    }

    /// The ring against an array, with gaps written ahead and wraps.
    @Test(arguments: 0..<20)
    func aRingIsAQueue(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var ring = ByteRing()
        var model: [UInt8] = []
        for _ in 0..<300 {
            let bytes = generator.bytes(Int.random(in: 0...200, using: &generator))
            if Bool.random(using: &generator) {
                unsafe bytes.withUnsafeBytes { unsafe ring.append($0) }
                model += bytes
            } else {
                // Later bytes first, then those before them.
                let half = bytes.count / 2
                let place = ring.count
                unsafe bytes[half...].withUnsafeBytes { unsafe ring.write($0, at: place + half) }
                unsafe bytes[..<half].withUnsafeBytes { unsafe ring.append($0) }
                ring.extend(by: bytes.count - half)
                model += bytes
            }
            let dropped = Int.random(in: 0...min(model.count, 300), using: &generator)
            ring.drop(dropped)
            model.removeFirst(dropped)
            if ring.count == 0 { ring.settle() }
            var copy = Array(repeating: UInt8(7), count: Bool.random(using: &generator) ? model.count : 3)
            ring.copy(from: 0, count: .max >> 1, to: &copy)
            #expect(copy == model, "seed \(seed)")
        }
        ring.drop(ring.count)
        ring.settle()
        #expect(ring.allocated <= ByteRing.keptCapacity)
    }

    @Test func runsMerge() {
        var reassembly = Reassembly()
        let taken = [(10, 20), (30, 40), (50, 60), (20, 30)].map { reassembly.insert($0, $1) }
        #expect(taken.allSatisfy { $0 })
        #expect(reassembly.runs.map { [$0.start, $0.end] } == [[10, 40], [50, 60]])
        _ = reassembly.insert(5, 55)
        #expect(reassembly.runs.map { [$0.start, $0.end] } == [[5, 60]])
        let ends = [UInt32(4), 5].map { reassembly.advance($0) }
        #expect(ends == [4, 60])
        #expect(reassembly.isEmpty)
    }

    @Test func runsAreBounded() {
        var reassembly = Reassembly()
        let taken = (0..<UInt32(Reassembly.limit)).map { reassembly.insert($0 * 10, $0 * 10 + 1) }
        #expect(taken.allSatisfy { $0 })
        let isOneMoreTaken = reassembly.insert(5, 6)
        #expect(!isOneMoreTaken)
        let isNeighbourTaken = reassembly.insert(1, 2)
        #expect(isNeighbourTaken, "one that joins another is no run more")
        #expect(reassembly.runs.count == Reassembly.limit)
    }

    /// Linux's `tcp_rtt_estimator`, by hand.
    @Test func theTimeoutFollowsTheRoundTrip() {
        var roundTrip = RoundTrip()
        #expect(roundTrip.timeout == second)
        roundTrip.measure(100 * millisecond, acknowledged: 1, next: 2)
        #expect(roundTrip.mean == 100 * millisecond)
        #expect(roundTrip.timeout == 300 * millisecond, "the variation counts 200 ms at least")
        roundTrip.measure(500 * millisecond, acknowledged: 2, next: 3)
        #expect(roundTrip.mean == 150 * millisecond)
        #expect(roundTrip.deviationMean == 137_500_000)
        #expect(roundTrip.timeout == 700 * millisecond)
        for _ in 0..<20 { roundTrip.backOff() }
        #expect(roundTrip.timeout == 120 * second)
    }

    @Test func parametersAreBroughtIntoBounds() {
        let wild = TCPParameters(maximumSegment: -5, sendBuffer: .max, receiveBuffer: .min).bounded
        #expect(wild.maximumSegment == 48)
        #expect(wild.sendBuffer == ByteRing.limit)
        #expect(wild.receiveBuffer == 1)
    }
}
