internal import CSock
internal import Locks
public import Sockets

extension Network {
    /// Runs `body` on this network's first executor, and ends it after the time of a safety net: whatever waits then has hung.
    public func onExecutor<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await withTaskExecutorPreference(executor) { try await withDeadline(.net) { try await body() } }
    }

    /// Two ends of a TCP connection over loopback, while the task is suspended.
    public func awaitedTCPPair(
        _ address: SocketAddress = .loopback4
    ) async throws(SocketError) -> (client: Socket, server: Socket) {
        let listener = try listen(at: address)
        let client = try await connect(to: listener.localAddress(), deadline: .net)
        return (client, try await listener.accept(deadline: .net).connection)
    }
}

/// Lets everything that is ready on the calling task's executor be seen and done: its events are taken from the kernel meanwhile.
public func settle() async { for _ in 0..<4 { await Task.yield() } }

extension Socket {
    /// Sends what the system takes at once, without suspending the task.
    public func push(_ bytes: some ByteSource, flags: MessageFlags = []) throws(SocketError) {
        let sent = try send(bytes, flags: flags, deadline: .immediate)
        let all = unsafe bytes.withBytes { $0.count }
        guard sent == all else { throw SocketError(.wouldBlock, .send) }
    }

    /// Receives what is there, without suspending the task.
    public func pull(_ maximum: Int = 65_536, flags: MessageFlags = []) throws(SocketError) -> Chunk? {
        try receive(maximum, flags: flags, deadline: .immediate)
    }

    /// Ends the connection with a reset.
    public func reset() throws(SocketError) {
        try set(.socket.linger, .on(seconds: 0))
        try closeNow()
    }

    /// Closes without suspending the task; nobody may be inside.
    public func closeNow() throws(SocketError) { try close() }
}

extension Process {
    /// How many threads there are whose names begin so.
    public static func threads(named prefix: String) -> Int { Int(unsafe csock_count_threads(prefix)) }

    /// Bytes in use on the heap.
    public static var heapBytes: Int { Int(csock_heap_bytes()) }
}

/// A value that concurrent tasks share.
public final class Shared<Value: Sendable>: Sendable {
    private let lock: Lock<Value>

    /// Shares `value`.
    public init(_ value: Value) { lock = Lock(value) }

    /// The value now.
    public var value: Value { lock.withLock { $0 } }

    /// Changes the value while nobody else looks at it.
    public func change(_ body: (inout Value) -> Void) { lock.withLock { body(&$0) } }
}
