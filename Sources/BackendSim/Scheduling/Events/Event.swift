/// Something that occurs at an instant of virtual time; in the queue at most once at a time.
class Event {
    /// Where the queue has it, and in which of its parts; -1 while it has not.
    @safe @exclusivity(unchecked) final var position = -1
    @safe @exclusivity(unchecked) final var part = -1

    /// Its instant has come, and the queue has let go of it.
    ///
    /// Whoever overrides it writes `consuming`, too: Swift 6.3 lets an override do without, and then nobody ever releases the event.
    consuming func occur() {}
}

/// An event and when it occurs. It holds the event by hand: moving an entry then counts no references.
@safe struct EventEntry {
    let instant: Int64
    let order: UInt64
    private let held: Unmanaged<Event>

    init(_ event: consuming Event, at instant: Int64, order: UInt64) {
        self.instant = instant
        self.order = order
        unsafe held = .passRetained(consume event)
    }

    /// The event, which the entry goes on holding.
    @inline(__always) var event: Event { unsafe held.takeUnretainedValue() }

    /// The event, which is in the queue no more, nor held by the entry: once, and the last that is asked of it.
    @inline(__always)
    func take() -> Event {
        let event = unsafe held.takeRetainedValue()
        event.position = -1
        return event
    }

    @inline(__always)
    func setPart(_ part: Int) { unsafe held._withUnsafeGuaranteedRef { $0.part = part } }

    @inline(__always)
    func setPosition(_ position: Int) { unsafe held._withUnsafeGuaranteedRef { $0.position = position } }

    @inline(__always)
    func precedes(_ other: EventEntry) -> Bool {
        instant < other.instant || instant == other.instant && order < other.order
    }
}
