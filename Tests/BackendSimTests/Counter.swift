import Locks

/// A state that outlives a run.
final class Counter: Sendable {
    private let value = Lock<UInt8>(0)

    func next() -> UInt8 {
        value.withLock {
            $0 += 1
            return $0
        }
    }
}
