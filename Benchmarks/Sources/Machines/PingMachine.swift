public import Sockets

/// A client of echo as a machine: sends so many messages, each when the last has come back.
public struct PingMachine: StreamMachine {
    private let message: Chunk
    /// How many are still to come back.
    private var left: Int
    private var missing = 0

    /// One that sends `count` messages, none of them empty.
    public init(_ count: Int, of message: Chunk) {
        self.message = message
        left = count
    }

    /// Counts what has come back.
    public mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
        switch input {
        case .received(let bytes):
            missing -= bytes.count
            if missing == 0 { left -= 1 }
        case .ended: left = 0
        }
    }

    /// Sends the next.
    public mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        if left == 0 { return .close }
        if missing > 0 { return .wait(until: .distantFuture) }
        missing = message.count
        return .send(message)
    }
}
