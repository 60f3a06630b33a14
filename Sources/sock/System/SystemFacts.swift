import CSock
import Glibc
import Sockets

/// What the kernel says of itself.
enum SystemFacts {
    /// Name, release and machine: `uname(2)`.
    static var kernel: String {
        var names = utsname()
        guard unsafe uname(&names) == 0 else { return "unknown" }
        return [text(of: names.sysname), text(of: names.release), text(of: names.machine)].joined(separator: " ")
    }

    /// The kernel's release, such as `6.12.48`: `uname(2)`.
    static var release: String {
        var names = utsname()
        return unsafe uname(&names) == 0 ? text(of: names.release) : "unknown"
    }

    /// Processors this process may run on, of those that are online.
    static var processors: String {
        "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) online, \(sysconf(Int32(_SC_NPROCESSORS_CONF))) configured"
    }

    /// The limit on descriptors: `RLIMIT_NOFILE`.
    static var openFiles: String { limit(RLIMIT_NOFILE.rawValue, "ulimit -n") }

    /// What rings of io_uring are of, in bytes.
    static var lockedMemory: String { limit(__RLIMIT_MEMLOCK.rawValue, "RLIMIT_MEMLOCK, in bytes") }

    private static func limit(_ resource: UInt32, _ name: String) -> String {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(resource), &limit) == 0 else { return "unknown" }
        return "\(text(limit.rlim_cur)) now, \(text(limit.rlim_max)) at most (\(name))"
    }

    /// A setting under `/proc/sys`, its fields separated by single spaces; nil where the kernel has none.
    static func setting(_ path: String) -> String? {
        let file = unsafe open("/proc/sys/" + path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { _ = close(file) }
        let chunk = unsafe Chunk(capacity: 4096) { unsafe read(file, $0.baseAddress, $0.count) }
        return chunk.description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Why this process may not use io_uring; nil when it may.
    static var ioUringRefusal: Errno? {
        let number = csock_probe_io_uring()
        return number == 0 ? nil : Errno(rawValue: number)
    }

    private static func text(_ limit: rlim_t) -> String { limit == rlim_t.max ? "unlimited" : "\(limit)" }

    private static func text(of field: some Any) -> String {
        unsafe withUnsafeBytes(of: field) { bytes in unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
