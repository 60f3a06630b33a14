public import Sockets

/// Echo as a machine: no task for a connection, nothing suspends.
public struct EchoMachine: StreamMachine {
    private var received: Chunk?
    private var hasEnded = false

    /// One that has received nothing.
    public init() {}

    /// Keeps what has come.
    public mutating func handle(_ input: consuming StreamInput, now: NetworkInstant) {
        switch input {
        case .received(let bytes): received = bytes
        case .ended: hasEnded = true
        }
    }

    /// Sends it.
    public mutating func poll(now: NetworkInstant) -> StreamOutput<Never> {
        if let bytes = received.take() { return .send(bytes) }
        return hasEnded ? .close : .wait(until: .distantFuture)
    }
}
