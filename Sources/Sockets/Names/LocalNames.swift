internal import Layers
internal import Locks
internal import SocketModel
internal import SystemSockets

/// Names that a machine knows by itself: `localhost` and what is below it (RFC 6761), and those that its hosts file has.
///
/// The C library asks servers even so for the addresses of one family, when it knows the name with one of the other. Who wants both
/// therefore asks for both at once: then no server is asked, and a name like that works while none answers.
enum LocalNames {
    private struct Known {
        var version: SystemFile.Version?
        var hosts = HostsFile()
    }

    private static let path = ResolverFiles().hosts
    /// Read anew when the file has changed.
    private static let known = Lock(Known())

    /// Whether a server need not be asked; a simulated host's names are no file's.
    static func contains(_ name: String, of backend: any Backend) -> Bool {
        if DNSName(name)?.isLoopback == true { return true }
        if backend.isSimulated { return false }
        return known.withLock { known in
            let version = SystemFile.version(path)
            if version != known.version {
                known = Known(version: version, hosts: HostsFile(parsing: SystemFile.read(path)))
            }
            return !known.hosts.addresses(of: name).isEmpty
        }
    }
}
