public import SocketModel

/// Whom to ask for names and how: what `resolv.conf(5)` says.
///
/// ```swift
/// let configuration = ResolverConfiguration(
///     parsing: """
///         nameserver 192.0.2.53
///         search example.org
///         options ndots:2 timeout:1 rotate
///         """.utf8)
/// print(configuration.servers, configuration.dotsForAbsolute)  // [192.0.2.53:53] 2
/// ```
///
/// Numbers out of bounds become the nearest bound.
public struct ResolverConfiguration: Hashable, Sendable {
    /// The servers in the order to ask them; without any the one of this host, as glibc has it.
    public var servers: [SocketAddress] { didSet { servers = Self.atLeastOne(servers) } }
    /// The domains in which a name is looked for, in order, at most ``maximumSearchDomains``.
    public var search: [DNSName]
    /// With how many periods in it a name is looked for as it is before it is looked for in ``search``: 0...15. `ndots`.
    public var dotsForAbsolute = 1 { didSet { dotsForAbsolute = min(max(dotsForAbsolute, 0), 15) } }
    /// How long to wait for a server's first answer: 1...30 seconds. `timeout`.
    ///
    /// The second server is given twice that divided by the number of servers, the third four times that, as glibc does.
    public var timeout = Duration.seconds(5) { didSet { timeout = min(max(timeout, .seconds(1)), .seconds(30)) } }
    /// How often each server is asked: 1...5. `attempts`.
    public var attempts = 2 { didSet { attempts = min(max(attempts, 1), 5) } }
    /// Whether questions begin with each server in turn. `rotate`.
    public var rotatesServers = false
    /// Whether everything is asked over TCP. `use-vc`.
    public var alwaysUsesTCP = false
    /// Whether questions have the extension of the header, so that answers may be longer than 512 bytes. `edns0`. On unless switched off.
    public var usesExtensions = true
    /// Whether IPv4 and IPv6 addresses are asked for one after the other. `single-request`, `single-request-reopen`.
    public var asksInSequence = false
    /// Whether IPv6 addresses are never asked for. `no-aaaa`.
    public var omitsIPv6 = false
    /// Whether the servers' word is good that they have checked signatures. `trust-ad`.
    public var trustsAuthenticData = false
    /// Whether a name of one label is never looked for as it is. `no-tld-query`.
    public var neverAsksForTopLevel = false
    /// Whether the case of the letters in questions is random, and answers must repeat it: more for a forger to guess.
    public var randomizesCase = false

    /// The lines of a file that meant nothing here, or more than the limits allow.
    public var ignored: [IgnoredLine] = []

    /// The most servers that a file can name: glibc's `MAXNS`.
    public static let maximumServers = 3
    /// The most domains that are searched. glibc had six, `MAXDNSRCH`, and since 2.26 has no limit.
    public static let maximumSearchDomains = 32
    /// The port of name servers.
    public static let port: UInt16 = 53

    /// A configuration with these servers; without any the one of this host, as glibc has it.
    public init(servers: [SocketAddress] = [], search: [DNSName] = []) {
        self.servers = Self.atLeastOne(servers)
        self.search = search
    }

    private static func atLeastOne(_ servers: [SocketAddress]) -> [SocketAddress] {
        servers.isEmpty ? [SocketAddress(.v4(.loopback), port: port)] : servers
    }
}
