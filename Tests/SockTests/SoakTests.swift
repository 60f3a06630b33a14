import Foundation
import TestSupport
import Testing

extension ToolTests {
    /// Short runs, bounded by what is played and not by time.
    @Suite struct Soaking {
        #if URing && os(Linux)
            private static let kernels = ["posix", "uring"]
        #else
            private static let kernels = ["posix"]
        #endif

        private func soak(_ arguments: [String]) throws -> Child.Outcome {
            try Child(Programs.sock, ["soak"] + arguments).finish()
        }

        @Test(arguments: kernels) func leavesNothing(backend: String) throws {
            let bounds = ["--phases", "2", "--connections", "8", "--scenes", "10", "--seed", "7"]
            let run = try soak(["--backend", backend] + bounds)
            #expect(run.status == 0, "\(run.text)\(run.errors)")
            #expect(run.text.contains(/\n240 scenes, \d+ MB compared, 0 failures\nnothing is left\n$/))
            #expect(run.errors == "")
        }

        @Test func theSameSeedSoaksTheSimulationInTheSameWay() throws {
            let arguments = ["--backend", "simulation", "--connections", "6", "--scenes", "10", "--seed"]
            let first = try soak(arguments + ["5"])
            #expect(first.status == 0, "\(first.text)\(first.errors)")
            #expect(first.text.contains(/\n60 scenes, \d+ MB compared, 0 failures\nhash: [0-9a-f]{16}\n$/))
            #expect(try soak(arguments + ["5"]).output == first.output)
            #expect(try soak(arguments + ["6"]).output != first.output)
        }

        @Test func refusesWhatItCannotDo() throws {
            for arguments in [
                ["--seconds", "1", "--minutes", "1"], ["--connections", "0"], ["--seconds", "-1"],
                ["--backend", "simulation", "--seconds", "1"],
            ] {
                #expect(try soak(arguments).status == 64, "\(arguments)")
            }
        }
    }
}
