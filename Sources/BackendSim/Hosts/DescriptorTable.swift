internal import SocketModel

/// A host's descriptors: numbers from 3, the lowest that is free first.
struct DescriptorTable {
    /// What a number stands for.
    final class Entry {
        let socket: SimulatedSocket
        /// Executed calls are refused, and those that wait have been woken.
        var isCancelled = false
        /// Calls of threads that wait for this very descriptor.
        var parked: [Parking] = []

        init(_ socket: SimulatedSocket) { self.socket = socket }
    }

    private static let first = 3
    private var entries: [Entry?] = []
    private var free = LowestFirst()
    /// The most there may be at a time: `RLIMIT_NOFILE`.
    var limit = DescriptorTable.largestLimit
    static let largestLimit = 1_048_576
    private(set) var count = 0

    subscript(number: Int32) -> Entry? {
        let index = Int(number) - Self.first
        return index >= 0 && index < entries.count ? entries[index] : nil
    }

    /// Gives a socket a number; nil when there is none left.
    mutating func insert(_ socket: SimulatedSocket) -> Int32? {
        guard count + Self.first < limit else { return nil }
        count += 1
        socket.references += 1
        let entry = Entry(socket)
        if let index = free.removeFirst() {
            entries[index] = entry
            return Int32(index + Self.first)
        }
        entries.append(entry)
        return Int32(entries.count - 1 + Self.first)
    }

    /// Takes a number back.
    mutating func remove(_ number: Int32) -> Entry? {
        let index = Int(number) - Self.first
        guard index >= 0, index < entries.count, let entry = entries[index].take() else { return nil }
        count -= 1
        free.insert(index)
        return entry
    }

    /// All that are open, by number.
    var all: [(number: Int32, entry: Entry)] {
        entries.enumerated().compactMap { index, entry in entry.map { (Int32(index + Self.first), $0) } }
    }
}

/// Numbers of which the lowest comes out first: a binary heap.
private struct LowestFirst {
    private var heap: [Int] = []

    mutating func insert(_ number: Int) {
        heap.append(number)
        var place = heap.count - 1
        while place > 0, heap[place] < heap[(place - 1) / 2] {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func removeFirst() -> Int? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var place = 0
        while true {
            var child = 2 * place + 1
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard child < heap.count, heap[child] < heap[place] else { return first }
            heap.swapAt(child, place)
            place = child
        }
    }
}
