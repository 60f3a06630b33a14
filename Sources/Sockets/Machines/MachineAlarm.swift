internal import SocketModel

/// The one timer of whoever drives a machine.
///
/// A machine that names a later time with every input, as an idle limit does, costs nothing: the timer fires at the earlier time, and the machine,
/// asked then, names the later one again.
struct MachineAlarm {
    fileprivate var timer: (any NetworkTimer)?
    fileprivate var instant = NetworkInstant.distantFuture

    /// The timer has fired, or one that was cancelled says so.
    mutating func completed(_ outcome: Outcome) {
        guard case .done = outcome else { return }
        timer = nil
        instant = .distantFuture
    }
}

/// Who drives a machine, and hears of the timer's end as of a completion.
///
/// Nothing is started or cancelled while the alarm is being changed: a timer that is cancelled may say so at once, and then its driver changes the alarm.
protocol AlarmHolder: CompletionSink {
    var alarm: MachineAlarm { get set }
}

extension AlarmHolder {
    /// Makes sure that this is told at that time, or earlier, on the executor's thread; never before others have had their turn.
    func setAlarm(
        _ instant: NetworkInstant, now: NetworkInstant, on executor: @autoclosure () -> (any NetworkExecutor)?
    ) {
        let instant = max(instant, now)
        guard instant < alarm.instant else { return }
        stopAlarm()
        alarm.instant = instant
        let timer = executor()?.startTimer(until: instant, completing: self)
        alarm.timer = timer
    }

    func stopAlarm() {
        guard let timer = alarm.timer else { return }
        alarm = MachineAlarm()
        timer.cancel()
    }
}
