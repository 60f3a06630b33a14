/// A host's clock: the simulation's time, but for what it is off and how it drifts.
struct HostClock {
    /// What it is ahead of the simulation's time at `since`, nanoseconds.
    private var offset: Int64 = 0
    private var chosenOffset: Int64 = 0
    private var since: Int64 = 0
    /// What it gains in a second, nanoseconds.
    private var drift: Int64 = 0

    /// What it shows at a moment of the simulation.
    func reading(at moment: Int64) -> Int64 {
        drift == 0 ? moment &+ offset : moment &+ offset &+ gained(moment &- since)
    }

    private func gained(_ elapsed: Int64) -> Int64 {
        Int64(truncatingIfNeeded: Int128(elapsed) * Int128(drift) / 1_000_000_000)
    }

    /// The first moment of the simulation at which it shows `reading`.
    func moment(ofReading reading: Int64) -> Int64 {
        if reading == .max || reading == .min { return reading }
        guard drift != 0 else { return reading &- offset }
        let shown = Int128(reading) - Int128(offset) - Int128(since)
        let rate = Int128(1_000_000_000 + drift)
        let elapsed = (shown * 1_000_000_000 + rate - 1) / rate
        return Int64(clamping: elapsed + Int128(since))
    }

    /// Has it be ahead by so many nanoseconds, and gain so many a second, from `moment` on. What it has gained until then it keeps.
    mutating func set(offset new: Int64, drift gain: Int64, at moment: Int64) {
        let gain = min(max(gain, -500_000_000), 500_000_000)
        guard new != chosenOffset || gain != drift else { return }
        offset = reading(at: moment) &- moment &+ new &- chosenOffset
        chosenOffset = new
        since = moment
        drift = gain
    }
}
