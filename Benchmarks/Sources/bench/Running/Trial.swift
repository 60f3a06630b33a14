import Foundation
import Reporting

/// One server under one load: both are started, and ended.
struct Trial {
    let folders: Folders
    let loadExecutable: String
    let serverCore: Int
    let loadCore: Int
    let seconds: Double

    /// A fifth of what is measured, at least long enough for all connections to be there.
    private var warmUp: Double { max(0.1, seconds / 5) }

    /// - Throws: ``Child/Failure`` when the server does not come up or the load generator gives up.
    func run(_ server: Server, _ executable: String, _ load: Load) throws -> Sample {
        try serving(server, executable, load) { pid, port in
            let options = ["--seconds", String(seconds), "--warm-up", String(warmUp)]
            return try generate(load.arguments, options, pid, port)
        }
    }

    /// How much memory idle connections take.
    func idle(_ server: Server, _ executable: String, connections: Int) throws -> IdleSample {
        let load = Load(Load.idle, "", .echo, [])
        return try serving(server, executable, load) { pid, port in
            try generate(["idle", "--connections", String(connections)], [], pid, port)
        }
    }

    private func serving<Result>(
        _ server: Server, _ executable: String, _ load: Load, _ body: (_ pid: pid_t, _ port: Int) throws -> Result
    ) throws -> Result {
        let datagrams = load.service == .datagrams
        let port = try Ports.free(datagrams: datagrams)
        guard let words = server.words(executable, load, host: Ports.host, port: port) else {
            throw Child.Failure(description: "\(server.info.name) does not do that")
        }
        let log = "\(folders.built)/server-\(server.info.name).log"
        let child = try Child(words, environment: server.environment, core: serverCore, outputTo: log)
        defer { child.stop() }
        let end = Date().addingTimeInterval(10)
        while !Ports.isServed(port, datagrams: datagrams) {
            guard child.exitStatus == nil, Date() < end else {
                throw Child.Failure(description: "\(server.info.name) does not serve: \(lastLine(of: log))")
            }
            usleep(5000)
        }
        return try body(child.pid, port)
    }

    private func generate<Result: Decodable>(
        _ load: [String], _ options: [String], _ pid: pid_t, _ port: Int
    ) throws -> Result {
        let words =
            [loadExecutable, load[0], Ports.host, String(port)] + load.dropFirst() + options
            + ["--server", String(pid), "--cores", "\(serverCore),\(loadCore)"]
        let text = try Child.output(of: words, core: loadCore, seconds: seconds + warmUp + 60)
        let bytes = Data(text.utf8)
        if let problem = try? JSONDecoder().decode(Problem.self, from: bytes) {
            throw Child.Failure(description: problem.failure)
        }
        return try JSONDecoder().decode(Result.self, from: bytes)
    }

    private func lastLine(of log: String) -> String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? "no word of why"
    }
}

/// What the load generator says when it gives up.
private struct Problem: Decodable {
    let failure: String
}
