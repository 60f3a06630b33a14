/// Events each of which occurs after the one before it, as those do that are scheduled the same delay ahead: a ring, in which what was
/// cancelled leaves a gap.
struct EventRun {
    private var ring: [EventEntry?] = []
    /// The first, and the one after the last, counted from the beginning: neither end is a gap.
    private var start = 0
    private var end = 0
    /// How many there are, without gaps.
    private(set) var count = 0
    /// When the first occurs, and its order among those of that instant; after all time if there is none.
    private(set) var firstInstant = Int64.max
    private(set) var firstOrder = UInt64.max
    /// When the last occurs; before all time if there is none.
    private(set) var lastInstant = Int64.min

    var first: EventEntry? { count > 0 ? self[start] : nil }

    /// All of them, in their order.
    var all: [EventEntry] { (start..<end).compactMap { self[$0] } }

    /// Adds one that occurs after all others.
    mutating func append(_ entry: EventEntry) {
        if end - start == ring.count { makeRoom() }
        self[end] = entry
        entry.setPosition(end)
        end += 1
        count += 1
        if count == 1 { (firstInstant, firstOrder) = (entry.instant, entry.order) }
        lastInstant = entry.instant
    }

    /// Removes the entry at a position, which the caller holds then.
    mutating func remove(at position: Int) -> EventEntry {
        guard let entry = self[position].take() else { preconditionFailure("there is an event") }
        count -= 1
        if count == 0 {
            start = end
            (firstInstant, firstOrder, lastInstant) = (.max, .max, .min)
        } else if position == start {
            while self[start] == nil { start += 1 }
            if let first { (firstInstant, firstOrder) = (first.instant, first.order) }
        } else if position == end - 1 {
            while self[end - 1] == nil { end -= 1 }
            lastInstant = self[end - 1]?.instant ?? .min
        }
        return entry
    }

    mutating func removeFirst() { _ = remove(at: start) }

    private subscript(_ position: Int) -> EventEntry? {
        get { ring[position & (ring.count - 1)] }
        set { ring[position & (ring.count - 1)] = newValue }
    }

    /// Closes the gaps if there are as many as events, else doubles the ring.
    private mutating func makeRoom() {
        guard count > 0 else { return ring = Array(repeating: nil, count: 8) }
        let entries = all
        let room = entries.count * 2 > ring.count ? ring.count * 2 : ring.count
        ring = entries + Array(repeating: nil, count: room - entries.count)
        (start, end) = (0, entries.count)
        for (position, entry) in entries.enumerated() { entry.setPosition(position) }
    }
}
