/// Events in no order that could be told beforehand: a heap with four children a node, in which each event knows its place, so that
/// cancelling one does not search.
struct EventHeap {
    private var entries: [EventEntry] = []

    var first: EventEntry? { entries.first }

    /// All of them, in any order.
    var all: [EventEntry] { entries }

    mutating func insert(_ entry: EventEntry) {
        entries.append(entry)
        rise(from: entries.count - 1)
    }

    mutating func removeFirst() { _ = remove(at: 0) }

    /// Removes the entry at a place, which the caller holds then.
    mutating func remove(at place: Int) -> EventEntry {
        let entry = entries[place]
        let last = entries.removeLast()
        if place < entries.count {
            put(last, at: place)
            rise(from: place)
            sink(from: place)
        }
        return entry
    }

    private mutating func put(_ entry: EventEntry, at place: Int) {
        entries[place] = entry
        entry.setPosition(place)
    }

    private mutating func rise(from start: Int) {
        let entry = entries[start]
        var place = start
        while place > 0, entry.precedes(entries[(place - 1) >> 2]) {
            put(entries[(place - 1) >> 2], at: place)
            place = (place - 1) >> 2
        }
        put(entry, at: place)
    }

    private mutating func sink(from start: Int) {
        let entry = entries[start]
        var place = start
        while let child = firstChild(of: place), entries[child].precedes(entry) {
            put(entries[child], at: place)
            place = child
        }
        put(entry, at: place)
    }

    private func firstChild(of place: Int) -> Int? {
        let children = (place << 2) + 1
        guard children < entries.count else { return nil }
        var first = children
        for child in children + 1..<max(children + 1, min(children + 4, entries.count))
        where entries[child].precedes(entries[first]) { first = child }
        return first
    }
}
