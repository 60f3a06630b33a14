import BackendSim
import Sockets
import TestSupport
import Testing

/// A stub resolver that follows files, on a simulated host: what time passes between look-ups is said.
@Suite struct `A resolver of files` {
    private let folder = TemporaryDirectory()
    private let simulation = Simulation()
    private let files: ResolverFiles

    init() {
        var files = ResolverFiles()
        files.resolver = folder.path + "/resolv.conf"
        files.hosts = folder.path + "/hosts"
        files.services = folder.path + "/services"
        files.order = folder.path + "/nsswitch.conf"
        self.files = files
    }

    /// Looks a name up, once for each change, after the change and the time before it.
    private func look(_ name: String, _ changes: [(after: Duration, change: @Sendable () -> Void)]) throws -> [String] {
        let found = Shared<[String]>([])
        let files = files
        simulation.host("client").run { network in
            let network = network.resolving(.files(files))
            for (pause, change) in changes {
                try await network.sleep(for: pause)
                change()
                var words = "nothing"
                do throws(SocketError) {
                    let addresses = try await network.addresses(of: name, type: .stream)
                    words = addresses.map { "\($0.address)" }.joined(separator: " ")
                } catch {}
                let line = words
                found.change { $0.append(line) }
            }
        }
        try simulation.run()
        return found.value
    }

    @Test func `sees a change when its time of trust is over`() throws {
        let folder = folder
        let found = try look(
            "build",
            [
                (.zero, { folder.write("192.0.2.1 build", named: "hosts") }),
                (.seconds(4), { folder.write("192.0.2.22 build", named: "hosts") }),
                (.seconds(2), {}),
                (.seconds(6), { folder.write("", named: "hosts") }),
            ])
        #expect(found == ["192.0.2.1:0", "192.0.2.1:0", "192.0.2.22:0", "nothing"])
    }

    @Test func `asks the servers that are named now`() throws {
        try simulation.names.add("web", .v4(IPv4Address(192, 0, 2, 2)))
        simulation.host("new").runNameServer(of: simulation.names)
        let servers = ["old", "new"].map { "nameserver \(simulation.host($0).ipv4)" }
        let folder = folder
        let found = try look(
            "web.",
            [
                (.zero, { folder.write(servers[0], named: "resolv.conf") }),
                (.seconds(10), { folder.write(servers[1] + "\n", named: "resolv.conf") }),
            ])
        #expect(found == ["nothing", "192.0.2.2:0"])
    }

    @Test func `is the same for blocking calls, and looks each time if it trusts nothing`() throws {
        var files = files
        files.trust = .zero
        let folder = folder
        folder.write("192.0.2.1 build", named: "hosts")
        let network = try Network(.posix.resolving(.files(files)))
        let first = try network.addresses(of: "build", type: .stream).map { "\($0.address)" }
        folder.write("192.0.2.22 build", named: "hosts")
        let second = try network.addresses(of: "build", type: .stream).map { "\($0.address)" }
        #expect([first, second] == [["192.0.2.1:0"], ["192.0.2.22:0"]])
    }
}
