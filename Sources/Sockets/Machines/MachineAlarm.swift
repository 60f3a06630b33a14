internal import SocketModel

/// The one timer of a connection that a machine serves.
///
/// A machine that names a later time with every message, as an idle limit does, costs nothing: the timer fires at the earlier time, and the machine,
/// asked then, names the later one again.
///
/// It starts and cancels nothing itself: a timer that is cancelled may tell its connection so at once, which then tells the alarm.
struct MachineAlarm {
    private var timer: (any NetworkTimer)?
    private var instant = NetworkInstant.distantFuture

    /// Whether a timer is wanted that fires earlier than the one there is.
    func isLater(than wanted: NetworkInstant) -> Bool { wanted < instant }

    /// A timer begins that fires at that time.
    mutating func begin(_ wanted: NetworkInstant) { instant = wanted }

    /// The timer that has begun.
    mutating func keep(_ started: (any NetworkTimer)?) { timer = started }

    /// The timer has fired, or one that was cancelled says so.
    mutating func completed(_ outcome: Outcome) {
        guard case .done = outcome else { return }
        timer = nil
        instant = .distantFuture
    }

    /// Forgets the timer, which is to be cancelled.
    mutating func end() -> (any NetworkTimer)? {
        instant = .distantFuture
        return timer.take()
    }
}
