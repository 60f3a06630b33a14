/// First in, first out: a ring that grows, and lets go of what is removed at once.
@usableFromInline package struct Queue<Element> {
    /// As many as a power of two, or none.
    @usableFromInline var slots: [Element?] = []
    @usableFromInline var start = 0
    /// How many elements there are.
    @usableFromInline package var count = 0

    /// An empty queue, which has no memory yet.
    @inlinable package init() {}

    @inlinable func slot(_ place: Int) -> Int { (start &+ place) & (slots.count &- 1) }

    /// Puts an element behind the others.
    @inlinable package mutating func append(_ element: consuming Element) {
        if count == slots.count { grow() }
        slots[slot(count)] = consume element
        count &+= 1
    }

    /// Removes what was put in first; nil when there is nothing.
    @discardableResult
    @inlinable package mutating func removeFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = slots[start].take()
        start = slot(1)
        count &-= 1
        // What a burst took is given back after it.
        if count == 0, slots.count > 64 { removeAll() }
        return element
    }

    /// Removes the element at a place, counted from the first, which there must be.
    package mutating func remove(at place: Int) {
        guard place >= 0, place < count else { Self.trap(place) }
        if place == 0 {
            removeFirst()
        } else {
            for later in place + 1..<count { slots.swapAt(slot(later - 1), slot(later)) }
            count -= 1
            slots[slot(count)] = nil
        }
    }

    /// Removes all, and gives the memory back.
    @inlinable @inline(never)
    package mutating func removeAll() { self = Queue() }

    /// The element at a place, counted from the first; nil behind the last.
    package func at(_ place: Int) -> Element? { place < count ? self[place] : nil }

    @inlinable @inline(never)
    mutating func grow() {
        let ordered = slots[start...] + slots[..<start]
        slots = ordered + Array(repeating: nil, count: Swift.max(ordered.count, 8))
        start = 0
    }
}

extension Queue: RandomAccessCollection, MutableCollection {
    @inlinable package var startIndex: Int { 0 }
    @inlinable package var endIndex: Int { count }

    /// The element at a place, counted from the first.
    @inlinable package subscript(place: Int) -> Element {
        get {
            guard place >= 0, place < count, let element = slots[slot(place)] else { Self.trap(place) }
            return element
        }
        _modify {
            guard place >= 0, place < count, var element = slots[slot(place)].take() else { Self.trap(place) }
            defer { slots[slot(place)] = element }
            yield &element
        }
    }

    @usableFromInline static func trap(_ place: Int) -> Never { preconditionFailure("there is no element \(place)") }
}

extension Queue: Sendable where Element: Sendable {}
