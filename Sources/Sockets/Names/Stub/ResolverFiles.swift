public import Layers
public import SocketModel
internal import SystemSockets

/// Where a machine keeps what its resolver is told.
///
/// ```swift
/// let network = try Network(.automatic.resolving(.files()))
/// ```
public struct ResolverFiles: Hashable, Sendable {
    /// Whom to ask, and how: `resolv.conf(5)`.
    public var resolver = "/etc/resolv.conf"
    /// Names that are known without asking: `hosts(5)`.
    public var hosts = "/etc/hosts"
    /// Services: `services(5)`.
    public var services = "/etc/services"
    /// In which order to look, by the line `hosts:`; `nsswitch.conf(5)`.
    public var order = "/etc/nsswitch.conf"
    /// How long what was read is trusted: at the first look-up after that it is seen whether a file has changed. Zero and less: at every one.
    public var trust: Duration = .seconds(5)

    /// Those of this machine.
    public init() {}

    /// What they say now, each up to 16 MiB. A file that is not there, or cannot be read, is as an empty one.
    ///
    /// - Throws: ``SocketError`` when this host's name cannot be had.
    public func read() throws(SocketError) -> StubConfiguration {
        let hostName: String
        do throws(Failure) {
            guard case .text(let name) = try SystemNames.answer(.hostName) else { throw Failure(.other) }
            hostName = name
        } catch {
            throw SocketError(error, .hostName)
        }
        let services = SystemFile.read(services)
        return StubConfiguration(
            resolver: ResolverConfiguration(parsing: SystemFile.read(resolver), hostName: hostName),
            hosts: HostsFile(parsing: SystemFile.read(hosts)),
            services: services.isEmpty ? nil : ServicesFile(parsing: services),
            order: NameServiceSwitch(parsing: SystemFile.read(order)))
    }

    /// Another when one of them has changed.
    var version: [SystemFile.Version?] { [resolver, hosts, services, order].map { SystemFile.version($0) } }
}

extension StubConfiguration {
    /// What this machine's files say, as they are now.
    ///
    /// - Throws: ``SocketError`` as ``ResolverFiles/read()``.
    public static func system() throws(SocketError) -> StubConfiguration { try ResolverFiles().read() }
}
