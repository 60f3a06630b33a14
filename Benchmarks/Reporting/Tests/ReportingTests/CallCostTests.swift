import Testing

@testable import Reporting

struct CallCostTests {
    private func file(_ metric: String) -> String {
        "Current_run.calls.send_and_receive_64_B.\(metric).histogram.percentiles.tsv"
    }

    @Test func `the harness's percentiles become nanoseconds and ratios`() throws {
        let ratio = "Percentile\tratio *\n0\t900\n1\t950\n50\t1040\n99\t1500\n100\t9000\n"
        let costs = CallCost.read([
            file("ours"): "Percentile\tours *\n50\t1500000\n", file("theirs"): "Percentile\ttheirs *\n50\t1400000\n",
            file("ratio"): ratio, file("allocations"): "Percentile\tallocations *\n50\t0\n",
        ])
        let cost = try #require(costs.first)
        #expect(cost.name == "send and receive 64 B")
        #expect([cost.ours, cost.theirs, cost.allocations] == [1500, 1400, 0])
        #expect([cost.lowestRatio, cost.ratio, cost.highestRatio] == [0.95, 1.04, 1.5])
    }

    @Test func `a call with a metric missing is left out`() {
        #expect(CallCost.read([file("ours"): "Percentile\tours *\n50\t1\n", "other.txt": ""]).isEmpty)
    }
}
