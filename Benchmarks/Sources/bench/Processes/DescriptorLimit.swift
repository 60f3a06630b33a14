import Foundation

/// How many descriptors a process may have.
enum DescriptorLimit {
    /// Raises this process's limit as far as it may go, and with it that of all it starts, for not every server does so itself.
    ///
    /// - Returns: The limit, at most 65,536.
    @discardableResult
    static func raise() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        getrlimit(resource, &limit)
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 65536))
        setrlimit(resource, &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
