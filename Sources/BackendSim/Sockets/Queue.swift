/// First in, first out, in one array that is used again.
struct Queue<Element> {
    private var elements: [Element] = []
    private var start = 0

    var count: Int { elements.count - start }
    var isEmpty: Bool { start == elements.count }
    var first: Element? { isEmpty ? nil : elements[start] }

    mutating func append(_ element: Element) { elements.append(element) }

    @discardableResult
    mutating func removeFirst() -> Element? {
        guard !isEmpty else { return nil }
        let element = elements[start]
        start += 1
        if start == elements.count {
            elements.removeAll(keepingCapacity: elements.capacity <= 64)
            start = 0
        } else if start >= 32, start * 2 >= elements.count {
            elements.removeFirst(start)
            start = 0
        }
        return element
    }

    /// The element at a place, counted from the first; nil behind the last.
    subscript(place: Int) -> Element? { place < count ? elements[start + place] : nil }

    /// Removes the element at a place that there is.
    mutating func remove(at place: Int) {
        if place == 0 { removeFirst() } else { elements.remove(at: start + place) }
    }

    mutating func removeAll() {
        elements = []
        start = 0
    }

    /// The elements, the first one first.
    var all: ArraySlice<Element> { elements[start...] }
}
