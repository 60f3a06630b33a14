internal import Glibc
internal import ProcessControl
public import Sockets
public import Testing

/// Hosts that this machine's kernel has beside its own: network namespaces, joined as the hosts of a simulation are.
///
/// Host number n, from 0, has the addresses of a simulation's host of that number: 10.0.0.n+1 and fd00::n+1, on the interface `eth0`. All
/// are on one bridge, so that an interface that is down shows with its own host alone.
///
/// A socket belongs for good to the network of the thread that opens it, and a thread to that of the thread that starts it.
public final class KernelHosts: Sendable {
    /// How hosts are joined.
    public enum Plan: Sendable {
        /// All on one network.
        case bridge(Int)
        /// Hosts 0 and 2 on networks of their own, 10.1.0.0/24 and 10.2.0.0/24, fd01::/64 and fd02::/64, and host 1, which routes between
        /// them: its packets to host 2 have at most 1,280 bytes.
        case router
    }

    private let networks: [Int32]
    private let hub: Int32

    /// Makes them.
    public init(_ plan: Plan) throws {
        let count = if case .bridge(let count) = plan { count } else { 3 }
        networks = (0..<count).map { _ in control_make_network() }
        hub = control_make_network()
        switch plan {
        case .bridge: try joinByBridge()
        case .router: try joinByRouter()
        }
        for host in networks.indices { try Self.awaitLinks(in: networks[host]) }
        if case .bridge = plan { try Self.awaitLinks(in: hub, "state forwarding") }
    }

    deinit { for network in networks + [hub] { close(network) } }

    /// The addresses on a bridge.
    public static func ipv4(_ host: Int) -> IPv4Address { IPv4Address(10, 0, 0, UInt8(host + 1)) }
    /// The addresses on a bridge.
    public static func ipv6(_ host: Int) -> IPv6Address { IPv6Address(high: 0xfd00 << 48, low: UInt64(host + 1)) }

    /// Calls `body` while the thread is in the host's network: what it opens and whom it starts stays there. The global executor must not be
    /// used meanwhile: it might start a thread, which would never come back.
    public func inside<Value>(_ host: Int, _ body: () throws -> Value) throws -> Value {
        try Self.inside(networks[host], body)
    }

    private static func inside<Value>(_ network: Int32, _ body: () throws -> Value) throws -> Value {
        let here = control_this_network()
        guard control_enter_network(network) == 0 else { throw Obstacle(description: "no way into a network") }
        defer {
            precondition(control_enter_network(here) == 0, "no way back from a network")
            close(here)
        }
        return try body()
    }

    /// Has a shell run commands in the host's network.
    public func run(_ script: String, on host: Int) throws { try Self.run(script, in: networks[host]) }

    private static func run(_ script: String, in network: Int32) throws {
        let outcome = try inside(network) { try Child(named: "sh", ["-e", "-c", script]).finish() }
        guard outcome.status == 0 else { throw Obstacle(description: outcome.errors) }
    }

    /// Waits until all links carry something: the kernel finds out a moment after they have been made, and drops datagrams until then.
    private static func awaitLinks(in network: Int32, _ state: String = "state UP") throws {
        try run(
            """
            for each in $(seq 1000); do
                links=$(ip -d -o link show type veth)
                if ! echo "$links" | grep -qv '\(state)'; then exit 0; fi
                sleep 0.01
            done
            echo "no link within ten seconds: $links" >&2
            exit 1
            """, in: network)
    }

    // MARK: Joining

    /// Addresses are usable at once, as nobody else has them, and stay while the interface is down; nothing is paced, and
    /// everybody is told what goes wrong, however often.
    private static let hasty = """
        echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad
        echo 1 > /proc/sys/net/ipv6/conf/default/keep_addr_on_down
        echo reno > /proc/sys/net/ipv4/tcp_congestion_control
        echo 0 > /proc/sys/net/ipv4/icmp_ratelimit
        echo 0 > /proc/sys/net/ipv6/icmp/ratelimit

        """

    private func joinByBridge() throws {
        try Self.run(
            Self.hasty + "ip link add hub type bridge forward_delay 0 mcast_snooping 0\nip link set hub up", in: hub)
        for host in networks.indices {
            try run(
                Self.hasty + """
                    ip link add eth0 mtu 1500 type veth peer name port\(host) netns /proc/\(getpid())/fd/\(hub)
                    ip address add 10.0.0.\(host + 1)/8 broadcast 10.255.255.255 dev eth0
                    ip address add fd00::\(host + 1)/64 nodad dev eth0
                    """, on: host)
            try Self.run("ip link set port\(host) master hub up", in: hub)
            try run("ip link set eth0 up\n" + Self.groups + "\n" + Self.impatient, on: host)
        }
    }

    /// As in a simulation, what is for all or for a group goes by the interface.
    private static let groups = """
        ip route add 224.0.0.0/4 dev eth0
        ip route add 255.255.255.255 dev eth0
        """

    /// That nobody has an address shows after three questions, which take a tenth of a second each.
    private static let impatient = """
        echo 100 > /proc/sys/net/ipv4/neigh/eth0/retrans_time_ms
        echo 100 > /proc/sys/net/ipv6/neigh/eth0/retrans_time_ms
        """

    private func joinByRouter() throws {
        try run(Self.hasty, on: 1)
        for (host, number) in [(0, 1), (2, 2)] {
            try run(
                Self.hasty + """
                    ip link add eth0 mtu 1500 type veth peer name net\(number) netns /proc/\(getpid())/fd/\(networks[1])
                    ip address add 10.\(number).0.1/24 dev eth0
                    ip address add fd0\(number)::1/64 nodad dev eth0
                    """, on: host)
            try run(
                """
                ip address add 10.\(number).0.254/24 dev net\(number)
                ip address add fd0\(number)::254/64 nodad dev net\(number)
                ip link set net\(number) mtu \(number == 1 ? 1500 : 1280) up
                """, on: 1)
            try run(
                """
                ip link set eth0 up
                ip route add default via 10.\(number).0.254
                ip -6 route add default via fd0\(number)::254
                """, on: host)
        }
        try run(
            "echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding", on: 1)
    }
}

// MARK: - Whether there can be any

extension KernelHosts {
    /// Why something cannot be had.
    struct Obstacle: Error, CustomStringConvertible {
        let description: String
    }

    /// Why this machine has no such hosts; nil where it has.
    public static let obstacle: String? = {
        if Programs.path("ip") == nil { return "iproute2 is not installed" }
        if control_may_have_own_network() == 0 { return "it takes the privilege to make network namespaces" }
        return complaint { _ = try KernelHosts(.bridge(1)) }
    }()

    /// Why the kernel does not shape traffic by that discipline, with those settings; nil where it does.
    public static func obstacle(to discipline: String) -> String? {
        if let obstacle { return obstacle }
        if Programs.path("tc") == nil { return "tc is not installed" }
        return complaint { try KernelHosts(.bridge(1)).run("tc qdisc add dev eth0 root \(discipline)", on: 0) }
    }

    private static func complaint(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return "\(error)"
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, saying why, where the kernel has no hosts of a test's own.
    public static var needsKernelHosts: Self {
        .enabled(if: KernelHosts.obstacle == nil, Comment(rawValue: KernelHosts.obstacle ?? ""))
    }

    /// Skips a test, saying why, where the kernel has no such discipline for its interfaces.
    public static func needsDiscipline(_ discipline: String) -> Self {
        let obstacle = KernelHosts.obstacle(to: discipline)
        return .enabled(if: obstacle == nil, Comment(rawValue: obstacle ?? ""))
    }
}
