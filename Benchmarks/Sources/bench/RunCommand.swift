import ArgumentParser
import Foundation
import Reporting

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Builds servers and the load generator, measures, and writes tables and plots.",
        discussion: """
            A server runs on one core and the load generator on another, over loopback, in a network of their own where the system permits
            that. In each round every server is measured once; figures are medians over the rounds, with the smallest and the largest.
            A run during which something else took a tenth of a core is taken again, at most twice, and for ten minutes in all. Every byte that is echoed is checked.

            In the folder that --out names it leaves report.md, results.json and the plots. What is not installed here (C libraries, Go,
            Rust's tokio) is left out, with the reason in the report. The exit status is
            1 when answers were wrong, or when what was asked for by name could not be measured.
            """)

    @Flag(
        name: .long,
        help: "Two short rounds, and fewer loads, without calls: under two minutes once everything is built.")
    var quick = false

    @Option(
        name: .long,
        help: ArgumentHelp("Only these loads, by their names with commas between them.", valueName: "names"))
    var loads: NameList?

    @Option(name: .long, help: ArgumentHelp("Only these servers, the same way.", valueName: "names"))
    var servers: NameList?

    @Option(
        name: .long, help: "How often each server is measured under each load: 1 to 99; 5 unless said, 2 when quick.")
    var rounds: Int?

    @Option(name: .long, help: "How long each time: 0.05 to 60; 1.5 unless said, 0.25 when quick.")
    var seconds: Double?

    @Option(
        name: .long,
        help: ArgumentHelp("Where the results go; Benchmarks/Results/latest unless said.", valueName: "folder"))
    var out: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The server's core and the load generator's; the first two of this process unless said.", valueName: "A,B"))
    var cores: CorePair?

    @Flag(name: .long, help: "The server shares the load generator's core.")
    var sameCore = false

    @Option(
        name: .long, help: "Congestion control, in a network of their own; 'system' for the system's network as it is.")
    var congestion = "reno"

    @Flag(name: .long, help: "Say what loads and servers there are, and measure nothing.")
    var list = false

    func validate() throws {
        try loads?.check(against: Load.all.map(\.info.name) + [Load.idle, Load.calls], what: "load")
        try servers?.check(against: Server.all.map(\.info.name), what: "server")
        if let rounds, !(1...99).contains(rounds) { throw ValidationError("--rounds is 1 to 99, not \(rounds).") }
        if let seconds, !(0.05...60).contains(seconds) {
            throw ValidationError("--seconds is 0.05 to 60, not \(seconds).")
        }
        guard !congestion.isEmpty, congestion.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        else {
            throw ValidationError("--congestion is a name such as reno or cubic, or 'system'.")
        }
        if let out, out.isEmpty { throw ValidationError("--out is the name of a folder.") }
        if !list { _ = try Cores(chosen: cores, same: sameCore) }
    }

    func run() throws {
        if list { return print(Self.catalogue) }
        DescriptorLimit.raise()
        let folders = try Folders()
        let output = Output(folder: out ?? folders.package + "/Results/latest")
        try output.prepare()
        let cores = try Cores(chosen: cores, same: sameCore)
        var results = Results(
            machine: .read(),
            settings: Settings(
                rounds: rounds ?? (quick ? 2 : 5), seconds: seconds ?? (quick ? 0.25 : 1.5), serverCore: cores.server,
                loadCore: cores.load, congestionControl: congestion),
            servers: [], loads: chosenLoads.map(\.info))
        let (load, built) = try build(folders, &results)
        results.settings.congestionControl = isolate(&results)
        let runner = Runner(
            trial: Trial(
                folders: folders, loadExecutable: load, serverCore: cores.server, loadCore: cores.load,
                seconds: results.settings.seconds),
            loads: chosenLoads, servers: built, rounds: results.settings.rounds, repeats: quick ? 1 : 2,
            secondsToRepeat: quick ? 15 : 600, idleConnections: idleConnections,
            interruptsAreApart: Machine.interruptsAreApart)
        runner.run(into: &results)
        if measuresCalls { measureCalls(folders, cores, &results) }
        try output.write(results)
        print(results.terminalText)
        print("\nwritten: \(output.folder)/report.md, results.json and the plots")
        try refuse(results)
    }

    /// - Throws: A failure where answers were wrong or missing, or something that was asked for by name could not be measured.
    private func refuse(_ results: Results) throws {
        let errors = results.runs.reduce(0) { $0 + $1.sample.errors } + results.idle.reduce(0) { $0 + $1.sample.errors }
        if errors > 0 { throw Refused(description: "\(errors) answers were wrong or missing.") }
        if servers != nil, !results.skipped.isEmpty {
            throw Refused(description: "not everything that was asked for was measured.")
        }
    }

    private var chosenLoads: [Load] {
        Load.all.filter { loads?.names.contains($0.info.name) ?? (!quick || $0.isQuick) }
    }

    /// Those that something is measured of.
    var chosenServers: [Server] {
        let services = Set(chosenLoads.map(\.service) + (idleConnections == nil ? [] : [.echo]))
        return Server.all.filter { server in
            (servers?.names.contains(server.info.name) ?? true) && services.contains { server.offers($0) }
        }
    }

    /// As many as both ends may have descriptors for.
    private var idleConnections: Int? {
        guard loads?.names.contains(Load.idle) ?? true else { return nil }
        return min(quick ? 1000 : 10_000, max(DescriptorLimit.raise() - 200, 1))
    }
}

/// A run that came to its end, but does not count.
private struct Refused: Error, CustomStringConvertible {
    let description: String
}

extension RunCommand {
    /// What there is to choose from.
    static var catalogue: String {
        var servers = Table(["server", "what it is"])
        for server in Server.all {
            servers.add([server.info.name, "\(server.info.title) (\(server.info.family.rawValue))"])
        }
        var loads = Table(["load", "what it does"])
        for load in Load.all {
            loads.add([load.info.name, load.info.title + (load.isQuick ? "" : " (not when quick)")])
        }
        loads.add([Load.idle, "connections that do nothing: memory"])
        loads.add([Load.calls, "calls and address text beside C's, in one process (not when quick)"])
        return [servers, loads].map(\.leftAligned).joined(separator: "\n\n")
    }
}
