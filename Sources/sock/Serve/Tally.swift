import Locks

/// What a server has done so far.
final class Tally: Sendable {
    struct Counts {
        var conversations = 0
        var received = 0
        var sent = 0
    }

    private let counts = Lock(Counts())

    /// Adds a conversation that is over, and what it came to.
    func add(received: Int, sent: Int) {
        _ = begin(received: received)
        add(sent: sent)
    }

    /// Adds a conversation that has begun, and returns how many there were before.
    func begin(received: Int) -> Int {
        counts.withLock {
            $0.conversations += 1
            $0.received += received
            return $0.conversations - 1
        }
    }

    func add(sent: Int) { counts.withLock { $0.sent += sent } }

    /// One line for people, counting conversations as `noun`.
    func summary(_ noun: String) -> String {
        let counts = counts.withLock { $0 }
        return "served \(counted(counts.conversations, noun)), "
            + "received \(counted(counts.received, "byte")), sent \(counted(counts.sent, "byte"))"
    }
}
