import Foundation
import TestSupport
import Testing

extension ToolTests {
    @Suite struct Simulating {
        @Test func theSameSeedDoesTheSame() throws {
            let first = try sock("simulate", "echo", "--seed", "42").finish()
            #expect(first.status == 0, "\(first.errors)")
            #expect(
                first.text.contains(/^seed 42: 60 round trips, median .* ms\n?.*of virtual time\nhash: [0-9a-f]{16}\n$/)
            )
            #expect(try sock("simulate", "echo", "--seed", "42").finish().output == first.output)
            #expect(try sock("simulate", "echo", "--seed", "43").finish().output != first.output)
        }

        @Test func showsWhatHappens() throws {
            let folder = TemporaryDirectory()
            let (capture, drawing) = (folder.path + "/c.pcapng", folder.path + "/d.svg")
            let run = try sock("simulate", "echo", "--text", "--trace", capture, "--diagram", drawing).finish()
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.text.contains(/\n0\.0\d+ +client\d:\d+ +> server:7 +tcp +SYN +seq 0 win \d+ len 0 +sent\n/))
            #expect(run.text.split(separator: "\n").last?.hasPrefix("hash: ") == true)
            #expect(FileManager.default.contents(atPath: capture)?.starts(with: [0x0A, 0x0D, 0x0D, 0x0A]) == true)
            let svg = try String(contentsOfFile: drawing, encoding: .utf8)
            #expect(svg.hasSuffix("</svg>\n") && svg.contains("client3"))
        }

        @Test func drawsAsManyEventsAsAskedFor() throws {
            let folder = TemporaryDirectory()
            let drawing = folder.path + "/d.svg"
            _ = try sock("simulate", "echo", "--diagram", drawing, "--events", "30").finish()
            #expect(try String(contentsOfFile: drawing, encoding: .utf8).contains(/\d+ later events are not drawn/))
            #expect(try sock("simulate", "echo", "--events", "0").finish().status == 64)
        }

        @Test("Shards of a sweep are its parts, whoever tells which")
        func sweeps() throws {
            let whole = try sock("simulate", "echo", "--seeds", "10..<14").finish()
            #expect(whole.text.contains("\n4 of 4 seeds, 0 failures\nhash: "), "\(whole.text)\(whole.errors)")
            let second = try sock("simulate", "echo", "--seeds", "10..<14", "--shard", "1/3").finish()
            #expect(second.text.contains("1 of 1 seed, 0 failures\nhash: "), "\(second.text)")
            for environment in [
                "SLURM_ARRAY_TASK_ID=6 SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_COUNT=3",
                "CI_NODE_INDEX=2 CI_NODE_TOTAL=3",
            ] {
                let job = try shell("\(environment) exec \"$0\" simulate echo --seeds '10..<14'").finish()
                #expect(job.output == second.output, "\(environment): \(job.errors)")
            }
            let indexed = "JOB_COMPLETION_INDEX=1 exec \"$0\" simulate echo --seeds '10..<14'"
            #expect(try shell(indexed + " --shards 3").finish().output == second.output)
            let unclear = try shell(indexed).finish()
            #expect(unclear.status == 1 && unclear.errors.contains("--shards must say how many jobs there are"))
        }

        @Test("A seed that a sweep finds fails again in the same way, and others do not")
        func findsTheBug() throws {
            let sweep = try sock("simulate", "counter", "--seeds", "0..<100").finish()
            #expect(sweep.status == 1)
            let found = try #require(
                sweep.text.firstMatch(of: /seed (\d+) failed: (.*)\n +replay it: sock (simulate.*) --text\n/))
            let command = found.3.split(separator: " ").map(String.init)
            let replay = try Child(Programs.sock, command).finish()
            #expect(replay.status == 1)
            #expect(replay.errors.contains(found.2) && replay.errors.contains("RECV-Q"), "\(replay.errors)")
            #expect(!sweep.text.contains("seed 1 failed"))
            #expect(
                try sock("simulate", "counter", "--seed", "1").finish().text.hasPrefix("seed 1: counts 20, 20, 20, in ")
            )
        }

        @Test("Of the trouble that a seed fails with few is needed, and does it again")
        func findsTheTrouble() throws {
            let sweep = try sock("simulate", "lease", "--seeds", "0..<100").finish()
            let seed = String(try #require(sweep.text.firstMatch(of: /seed (\d+) failed: .* has written while/)).1)
            let search = try sock("simulate", "lease", "--seed", seed, "--fewest").finish()
            let found = try #require(
                search.text.firstMatch(
                    of:
                        /fails with (\d+) of its (\d+) troubles?, found in .*\n(?: +1\.\d+  at .*\n)+ +replay it: sock (simulate.*)\n/
                ))
            #expect(try #require(Int(found.1)) <= #require(Int(found.2)))
            #expect(search.status == 1)
            let replay = try Child(Programs.sock, found.3.split(separator: " ").map(String.init)).finish()
            #expect(replay.status == 1 && search.text.hasSuffix(replay.text), "\(replay.text)")
            let calm = try sock("simulate", "lease", "--seed", seed, "--troubles", "none").finish()
            #expect(calm.status == 0, "\(calm.errors)")
        }

        @Test func showsBufferbloat() throws {
            let run = try sock("simulate", "overload").finish()
            let times = try #require(run.text.firstMatch(of: /alone: median (\d+)\..*beside uploads: median (\d+)\./))
            #expect(try #require(Int(times.2)) > 4 * #require(Int(times.1)), "\(run.text)")
        }

        @Test(
            arguments: [
                ["nothing"], ["echo", "--seeds", "5..<5"], ["echo", "--seeds", "1..<9", "--shard", "3/3"],
                ["echo", "--seed", "1", "--seeds", "1..<9"], ["echo", "--shard", "0/2"],
                ["echo", "--seeds", "1..<9", "--text"], ["lease", "--seeds", "1..<9", "--fewest"],
                ["lease", "--troubles", "1.2", "--fewest"], ["lease", "--troubles", "1"],
                ["echo", "--seeds", "1..<9", "--shard", "0/2", "--shards", "2"],
            ])
        func refusesWhatIsNotSaidWell(arguments: [String]) throws {
            #expect(try Child(Programs.sock, ["simulate"] + arguments).finish().status == 64)
        }

        @Test func saysWhichFileItCannotWrite() throws {
            let outcome = try sock("simulate", "echo", "--trace", "/nowhere/at/all").finish()
            #expect(outcome.status == 1 && outcome.errors.contains("/nowhere/at/all: "), "\(outcome.errors)")
        }
    }
}
