internal import SocketModel

/// How one look-up fares: when it is over, and whether it fails then whatever the names are.
struct NameCourse {
    /// Nanoseconds.
    var delay: Int64
    var failure: HostError.Code?
}
