/// Room for the texts of a name look-up, in bytes with the terminating NUL: what `getnameinfo(3)` is given.
public enum NameInfoLimits {
    /// Enough for any host name: `NI_MAXHOST`.
    @inlinable public static var host: Int { 1025 }

    /// Enough for any service name: `NI_MAXSERV`.
    @inlinable public static var service: Int { 32 }
}
