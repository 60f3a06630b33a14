package import SocketModel

/// All that a stub resolver is told: whom to ask and how, and what is known without asking.
public struct StubConfiguration: Hashable, Sendable {
    /// The servers, and how to ask them.
    public var resolver: ResolverConfiguration
    /// The names that are known without asking.
    public var hosts: HostsFile
    /// The services; nil for some fifty well-known ones.
    public var services: ServicesFile?
    /// In which order to look.
    public var order: NameServiceSwitch
    /// How much is held at most.
    public var limits: DNSResolverLimits

    /// A configuration; what is left out is empty, or as usual.
    public init(
        resolver: ResolverConfiguration = ResolverConfiguration(), hosts: HostsFile = HostsFile(),
        services: ServicesFile? = nil, order: NameServiceSwitch = NameServiceSwitch(),
        limits: DNSResolverLimits = DNSResolverLimits()
    ) {
        self.resolver = resolver
        self.hosts = hosts
        self.services = services
        self.order = order
        self.limits = limits
    }

    /// The services as a table.
    package var serviceTable: ServiceTable { services.map { ServiceTable($0.entries) } ?? ServiceTable() }
}
