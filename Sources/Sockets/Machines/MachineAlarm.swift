internal import SocketModel

/// The one timer of a machine that is driven straight from completions.
///
/// A machine that names a later time with every message, as an idle limit does, costs nothing: the timer fires at the earlier time, and the machine,
/// asked then, names the later one again.
struct MachineAlarm {
    private var timer: (any NetworkTimer)?
    private var instant = NetworkInstant.distantFuture

    /// Makes sure that `sink` hears of that time, or of an earlier one, on the executor's thread.
    mutating func set(_ wanted: NetworkInstant, on executor: (any NetworkExecutor)?, for sink: any CompletionSink) {
        guard wanted < instant else { return }
        stop()
        instant = wanted
        timer = executor?.startTimer(until: wanted, completing: sink)
    }

    /// The timer has fired, or one that was stopped says so.
    mutating func completed(_ outcome: Outcome) {
        guard case .done = outcome else { return }
        timer = nil
        instant = .distantFuture
    }

    mutating func stop() {
        let stopped = timer.take()
        instant = .distantFuture
        stopped?.cancel()
    }
}
