/// Events in the order of their instants, those of one instant in the order they were scheduled.
///
/// Most are scheduled a fixed delay ahead, a latency or a pause: those of one delay come in the order in which they will occur. A few runs
/// take each event that occurs after their last, which costs the same however many there are; the heap takes the others.
struct EventQueue: ~Copyable {
    private var runs = Array(repeating: EventRun(), count: 4)
    private var heap = EventHeap()
    private var scheduled: UInt64 = 0

    /// The heap's number among the parts; those of the runs are smaller.
    private static let heapPart = 4

    /// The next event; nil without one.
    var first: EventEntry? { first(ofPart: soonestPart) }

    /// Schedules an event that is not.
    mutating func insert(_ event: consuming Event, at instant: Int64) {
        assert(event.position < 0, "an event is scheduled once at a time")
        insert(EventEntry(consume event, at: instant, order: scheduled), inPart: part(for: instant))
        scheduled += 1
    }

    /// Takes the next event, if it occurs at `limit` at the latest.
    mutating func removeFirst(until limit: Int64) -> (instant: Int64, event: Event)? {
        let part = soonestPart
        guard let entry = first(ofPart: part), entry.instant <= limit else { return nil }
        if part == Self.heapPart { heap.removeFirst() } else { runs[part].removeFirst() }
        return (entry.instant, entry.take())
    }

    /// The events that `condition` holds of, in the order they would occur.
    func events(where condition: (Event) -> Bool) -> [Event] {
        entries.sorted { $0.precedes($1) }.map(\.event).filter(condition)
    }

    private var entries: [EventEntry] { heap.all + runs.flatMap(\.all) }

    deinit {
        for entry in entries { _ = entry.take() }
    }

    /// Takes an event out before it occurs; nothing if it is not in.
    mutating func remove(_ event: Event) {
        guard event.position >= 0 else { return }
        let part = event.part
        let entry = part == Self.heapPart ? heap.remove(at: event.position) : runs[part].remove(at: event.position)
        _ = entry.take()
    }

    // MARK: Parts

    private func first(ofPart part: Int) -> EventEntry? { part == Self.heapPart ? heap.first : runs[part].first }

    private mutating func insert(_ entry: EventEntry, inPart part: Int) {
        entry.setPart(part)
        if part == Self.heapPart { heap.insert(entry) } else { runs[part].append(entry) }
    }

    /// The part that has the next event.
    private var soonestPart: Int {
        var (soonest, instant, order) = (Self.heapPart, heap.first?.instant ?? .max, heap.first?.order ?? .max)
        for number in runs.indices where runs[number].firstInstant <= instant {
            let (first, its) = (runs[number].firstInstant, runs[number].firstOrder)
            if first < instant || its < order { (soonest, instant, order) = (number, first, its) }
        }
        return soonest
    }

    /// The part that takes an event of that instant: of the runs that can, the one whose last is the nearest before it.
    private mutating func part(for instant: Int64) -> Int {
        var (nearest, part) = (Int64.min, Self.heapPart)
        for number in runs.indices {
            let last = runs[number].lastInstant
            if last <= instant, last >= nearest { (nearest, part) = (last, number) }
        }
        return part == Self.heapPart ? emptiedRun() ?? part : part
    }

    /// A run that a single event keeps from being of use, as one does that is far away: that is the heap's from now on.
    private mutating func emptiedRun() -> Int? {
        guard let number = runs.indices.first(where: { runs[$0].count == 1 }) else { return nil }
        if let entry = runs[number].first {
            runs[number].removeFirst()
            insert(entry, inPart: Self.heapPart)
        }
        return number
    }
}
