internal import CPOSIX
internal import SocketModel

/// The kernel's monotonic clock: `clock_gettime(2)` with `CLOCK_MONOTONIC`.
enum SystemClock {
    static var now: NetworkInstant {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return NetworkInstant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// Parks the calling thread until then, through interruptions: `clock_nanosleep(2)`.
    static func sleep(until instant: NetworkInstant) {
        guard instant.nanoseconds > 0 else { return }
        var time = timespec()
        time.tv_sec = Int(instant.nanoseconds / 1_000_000_000)
        time.tv_nsec = Int(instant.nanoseconds % 1_000_000_000)
        while unsafe clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }
}
