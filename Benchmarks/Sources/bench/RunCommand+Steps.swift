import ArgumentParser
import Foundation
import Launcher
import Reporting

/// What comes before and after the servers' runs.
extension RunCommand {
    func build(
        _ folders: Folders, _ results: inout Results
    ) throws -> (load: String, servers: [(server: Server, executable: String)]) {
        let builder = Builder(folders: folders)
        var made: [Program: Result<String, any Error>] = [:]
        var programs: [Program] = [.load]
        for server in chosenServers where !programs.contains(server.program) { programs.append(server.program) }
        var progress = Progress(total: programs.count + (measuresCalls ? 1 : 0), estimates: false)
        for program in programs {
            progress.begin("building \(program.name)", group: "building \(program.name)")
            made[program] = Result { try builder.build(program) }
            progress.end()
        }
        if measuresCalls {
            progress.begin("building calls", group: "building calls")
            do { try CallCosts(folders: folders).build() } catch { results.skip("building calls", error, progress) }
        }
        progress.clear()
        var servers: [(Server, String)] = []
        for server in chosenServers {
            switch made[server.program] {
            case .success(let executable)?:
                servers.append((server, executable))
                results.servers.append(server.info)
            case .failure(let error)?: results.skip(server.info.title, error, progress)
            case nil: break
            }
        }
        guard let load = try made[.load]?.get() else { throw ValidationError("there is no load generator") }
        return (load, servers)
    }

    var measuresCalls: Bool { loads?.names.contains(Load.calls) ?? !quick }

    func measureCalls(_ folders: Folders, _ cores: Cores, _ results: inout Results) {
        var progress = Progress(total: 1)
        progress.begin("calls beside C's, half a minute", group: Load.calls)
        do {
            results.calls = try CallCosts(folders: folders).measure(core: cores.load)
        } catch {
            results.skip("calls", error, progress)
        }
        progress.clear()
    }

    /// After the builds, which may need the network that is left here.
    func isolate(_ results: inout Results) -> String {
        let system =
            (try? String(contentsOfFile: "/proc/sys/net/ipv4/tcp_congestion_control", encoding: .utf8)) ?? "unknown"
        let own = system.trimmingCharacters(in: .whitespacesAndNewlines)
        guard congestion != "system" else { return own }
        let error = isolate_network(congestion)
        if error == 0 { return "\(congestion), in a network of its own" }
        let reason = String(cString: strerror(-error))
        results.skipped.append(
            Skip(what: "a network of its own with \(congestion)", reason: "\(reason); bulk figures are those of \(own)")
        )
        return own
    }
}
