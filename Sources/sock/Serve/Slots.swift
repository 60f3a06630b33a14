import Dispatch

/// A number of places, taken and given back by threads.
final class Slots: Sendable {
    private let count: Int
    private let semaphore = DispatchSemaphore(value: 0)

    init(_ count: Int) {
        self.count = count
        // Counted up from zero: a semaphore may not be freed below the value it was made with.
        for _ in 0..<count { semaphore.signal() }
    }

    /// Waits for a place.
    func take() { semaphore.wait() }

    func giveBack() { semaphore.signal() }

    /// Waits until nobody holds a place any more, and leaves none to take.
    func takeAll() { for _ in 0..<count { take() } }
}
