/// Events in the order of their instants, those of one instant in the order they were scheduled: a heap with four children a node, in
/// which each event knows its place, so that cancelling one does not search.
///
/// Its entries hold their events by hand: moving one in the heap then counts no references.
struct EventQueue: ~Copyable {
    @safe private struct Entry {
        var instant: Int64
        var order: UInt64
        var event: Unmanaged<Event>

        func precedes(_ other: Entry) -> Bool {
            instant < other.instant || instant == other.instant && order < other.order
        }
    }

    private var heap: [Entry] = []
    private var scheduled: UInt64 = 0

    /// How many events are to come.
    var count: Int { heap.count }

    /// When the next event occurs; nil without one.
    var next: Int64? { heap.first?.instant }

    /// The next event.
    var first: Event? { heap.isEmpty ? nil : unsafe heap[0].event.takeUnretainedValue() }

    /// Schedules an event that is not.
    mutating func insert(_ event: Event, at instant: Int64) {
        assert(event.position < 0, "an event is scheduled once at a time")
        unsafe heap.append(Entry(instant: instant, order: scheduled, event: .passRetained(event)))
        scheduled += 1
        rise(from: heap.count - 1)
    }

    /// Takes the next event.
    mutating func removeFirst() -> Event? { heap.isEmpty ? nil : remove(at: 0) }

    /// The events that `condition` holds of, in the order they would occur.
    func events(where condition: (Event) -> Bool) -> [Event] {
        heap.filter { unsafe $0.event._withUnsafeGuaranteedRef(condition) }.sorted { $0.precedes($1) }
            .map { unsafe $0.event.takeUnretainedValue() }
    }

    /// Takes an event out before it occurs; nothing if it is not in.
    mutating func remove(_ event: Event) {
        if event.position >= 0 { _ = remove(at: event.position) }
    }

    deinit {
        for entry in heap { unsafe entry.event.release() }
    }

    private mutating func remove(at place: Int) -> Event {
        let entry = heap[place]
        let last = heap.removeLast()
        if place < heap.count {
            put(last, at: place)
            rise(from: place)
            sink(from: place)
        }
        let event = unsafe entry.event.takeRetainedValue()
        event.position = -1
        return event
    }

    private mutating func put(_ entry: Entry, at place: Int) {
        heap[place] = entry
        unsafe entry.event._withUnsafeGuaranteedRef { $0.position = place }
    }

    private mutating func rise(from start: Int) {
        let entry = heap[start]
        var place = start
        while place > 0, entry.precedes(heap[(place - 1) >> 2]) {
            put(heap[(place - 1) >> 2], at: place)
            place = (place - 1) >> 2
        }
        put(entry, at: place)
    }

    private mutating func sink(from start: Int) {
        let entry = heap[start]
        var place = start
        while let child = firstChild(of: place), heap[child].precedes(entry) {
            put(heap[child], at: place)
            place = child
        }
        put(entry, at: place)
    }

    private func firstChild(of place: Int) -> Int? {
        let children = (place << 2) + 1
        guard children < heap.count else { return nil }
        var first = children
        for child in children + 1..<max(children + 1, min(children + 4, heap.count))
        where heap[child].precedes(heap[first]) { first = child }
        return first
    }
}
