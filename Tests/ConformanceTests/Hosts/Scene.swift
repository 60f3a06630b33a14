import ProcessControl
import Sockets
import TestSupport

/// A few hosts on one network, the kernel's or a simulation's, and how a test makes calls on them.
///
/// A test's task may go from one to another: what a host opens, and whom it starts, is its own.
struct Scene: Sendable {
    let hosts: [SceneHost]
    let form: Form
    private let ground: Ground

    enum Form: String, CaseIterable, Codable, Sendable {
        /// A thread waits for every call.
        case blocking
        /// The task does.
        case awaited
    }

    /// What the hosts are made of.
    enum Ground: Sendable {
        case kernel(KernelHosts)
        /// Held by who runs it.
        case simulation(Cuts)
    }

    var a: SceneHost { hosts[0] }
    var b: SceneHost { hosts[1] }
    var c: SceneHost { hosts[2] }

    /// Names of two addresses, of which nobody has the one of IPv6, or of IPv4; the other is the second host's.
    static let names = ["only-ipv4", "only-ipv6"]
    static let vacant4 = IPv4Address(10, 0, 0, 99)
    static let vacant6 = IPv6Address(high: 0xfd00 << 48, low: 99)
    private static let namedAddresses: [[IPAddress]] = [
        [.v4(KernelHosts.ipv4(1)), .v6(vacant6)], [.v4(vacant4), .v6(KernelHosts.ipv6(1))],
    ]

    /// Takes the host off the network, or puts it back: nobody is told.
    func setLink(of host: SceneHost, isUp: Bool) throws {
        switch ground {
        case .kernel(let hosts): try hosts.run("ip link set eth0 \(isUp ? "up" : "down")", on: host.number)
        case .simulation(let cuts): isUp ? cuts.heal(host.name) : cuts.make(host.name)
        }
    }
}

struct SceneHost: Sendable {
    let number: Int
    let network: Network
    let form: Scene.Form

    var name: String { ["a", "b", "c"][number] }
    var ipv4: IPv4Address { KernelHosts.ipv4(number) }
    var ipv6: IPv6Address { KernelHosts.ipv6(number) }

    func address(_ family: AddressFamily, port: UInt16 = 0) -> SocketAddress {
        family == .ipv4 ? .ipv4(ipv4, port: port) : .ipv6(ipv6, port: port)
    }
}

// MARK: - The kernel's

extension Scene {
    /// Runs a test on hosts of the kernel's, in a process that ends with it: threads of the global executor may get into their networks.
    static func onKernel(
        _ backend: TestBackend, _ form: Form, _ plan: KernelHosts.Plan = .bridge(3),
        prepare: (KernelHosts) throws -> Void = { _ in },
        _ body: @Sendable (Scene) async throws -> Void
    ) async throws {
        Process.require(unsafe control_see_instead("/etc/hosts", hostsFile.path + "/hosts") == 0, "no names")
        let kernel = try KernelHosts(plan)
        if case .router = plan { try kernel.run(unreachable, on: 1) }
        try prepare(kernel)
        let hosts = try (0..<3).map { number in
            // The executor's thread starts here, in the host's network, and so do all that are started from there.
            try kernel.inside(number) {
                let network = try backend.network()
                _ = try network.executor
                return SceneHost(number: number, network: network, form: form)
            }
        }
        try await body(Scene(hosts: hosts, form: form, ground: .kernel(kernel)))
    }
}

extension Scene {
    /// In place of `/etc/hosts`; it has to stay, as nothing can be seen in place of a file that is gone.
    private static let hostsFile = {
        let directory = TemporaryDirectory()
        let lines = zip(names, namedAddresses).flatMap { name, addresses in addresses.map { "\($0) \(name)\n" } }
        Process.close(directory.file(Array(lines.joined().utf8), named: "hosts"))
        return directory
    }()

    /// What the router says it cannot reach.
    private static let unreachable = "ip route add unreachable 10.9.0.0/16; ip -6 route add unreachable fd09::/64"
}

// MARK: - Simulated ones

/// Who is off the network of a simulation.
final class Cuts: Sendable {
    private let cuts = Shared<[String: InjectedFault]>([:])
    private let inject: @Sendable (Fault) -> InjectedFault?

    init(_ simulation: Simulation) { inject = { [weak simulation] in simulation?.inject($0) } }

    func make(_ host: String) {
        let cut = inject(.partition([host], .others([host])))
        cuts.change { $0[host] = cut }
    }

    func heal(_ host: String) { cuts.change { $0[host] = nil } }
}

extension Scene {
    /// Runs a test on simulated hosts.
    static func simulated(
        _ form: Form, _ conditions: LinkConditions = LinkConditions(),
        _ body: @escaping @concurrent @Sendable (Scene) async throws -> Void
    ) async throws {
        var options = SimulationOptions()
        options.capturesGlobalExecutor = true
        options.conditions = conditions
        let simulation = Simulation(seed: 1, options: options)
        let hosts = ["a", "b", "c"].map { simulation.host($0) }
        for (name, addresses) in zip(names, namedAddresses) { try simulation.names.add(name, addresses) }
        let scene = Scene(
            hosts: hosts.enumerated().map { SceneHost(number: $0, network: $1.network, form: form) },
            form: form, ground: .simulation(Cuts(simulation)))
        let failure = Shared<(any Error)?>(nil)
        hosts[0].run("test") { _ in
            do {
                try await body(scene)
            } catch {
                failure.change { $0 = error }
            }
        }
        try await simulation.run()
        if let error = failure.value { throw error }
    }
}
