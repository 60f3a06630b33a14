internal import Locks

/// What one thread tells another that waits for it, once.
package final class Answer<Value: Sendable>: Sendable {
    private let latch = ThreadLatch()
    private let value = Lock<Value?>(nil)

    package init() {}

    /// Gives the answer, on any thread.
    package func give(_ value: Value) {
        self.value.withLock { $0 = value }
        latch.open()
    }

    /// Parks the calling thread until the answer is given, on an executor's thread too: it has to be about to come.
    package func wait() -> Value {
        latch.waitBriefly()
        guard let value = value.withLock({ $0 }) else {
            preconditionFailure("an answer is given before its latch opens")
        }
        return value
    }
}
