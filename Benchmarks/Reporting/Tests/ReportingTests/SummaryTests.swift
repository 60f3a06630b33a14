import Testing

@testable import Reporting

struct SummaryTests {
    @Test func `rate and cost are for each second and for each operation`() throws {
        let results = Made.results([(Made.ours, [4, 2, 3])])
        let summary = try #require(results.summaries(of: Made.load).first)
        #expect(summary.rate == Spread([50_000]))
        #expect(abs(summary.cost.median - 3) < 1e-9)
        #expect(abs(summary.cost.minimum - 2) < 1e-9)
        #expect(summary.loadBusy == 0.5)
    }

    @Test func `others are compared with the cheapest C server, though another is cheaper still`() throws {
        let results = Made.results([(Made.ours, [2]), (Made.c, [3]), (Made.nio, [1])])
        #expect(Results.reference(results.summaries(of: Made.load))?.server.name == "c-epoll")
    }

    @Test func `without C servers they are compared with the cheapest`() {
        let results = Made.results([(Made.ours, [2]), (Made.nio, [1])])
        #expect(Results.reference(results.summaries(of: Made.load))?.server.name == "nio")
        #expect(Results.reference([]) == nil)
    }

    @Test func `a percentile that the operations are too few for is left out`() throws {
        let few = try #require(Made.results([(Made.ours, [1])], operations: 1000).summaries(of: Made.load).first)
        #expect(few.latencies.map(\.share) == [0.5, 0.99, 1])
        let many = try #require(Made.results([(Made.ours, [1])]).summaries(of: Made.load).first)
        #expect(many.latency(0.9999) == 9)
    }

    @Test func `a run in which nothing was done gives no summary`() {
        #expect(Made.results([(Made.ours, [1])], operations: 0).summaries(of: Made.load).isEmpty)
    }

    @Test func `whoever is cheaper than the best of ours by more than the scatter is named, and nobody else`() {
        let results = Made.results([(Made.ours, [3, 3, 3]), (Made.c, [2, 2, 2]), (Made.nio, [2.97, 2.97, 2.97])])
        #expect(results.losses == ["echo & more: ours takes more than C (1.50)"])
        #expect(Made.results([(Made.ours, [1]), (Made.c, [2])]).losses.isEmpty)
    }

    @Test func `who takes less memory for an idle connection is named`() {
        var results = Made.results([(Made.ours, [1]), (Made.c, [2])])
        for (server, bytes) in [("posix", 2000.0), ("c-epoll", 50)] {
            let sample = IdleSample(connections: 10, startBytes: 0, freshBytes: bytes, usedBytes: bytes, errors: 0)
            results.idle.append(IdleRun(server: server, sample: sample))
        }
        #expect(
            results.memoryLosses == ["memory of an idle connection: ours takes 2,000 bytes, more than C (50 bytes)"])
    }
}
