internal import CPOSIX
package import SocketModel

/// The kernel's monotonic clock: `clock_gettime(2)` with `CLOCK_MONOTONIC`.
package enum SystemClock {
    package static var now: NetworkInstant {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return NetworkInstant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// The instant as C writes it; what is before the clock's start becomes the start.
    static func time(_ instant: NetworkInstant) -> timespec {
        let nanoseconds = max(0, instant.nanoseconds)
        return timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
