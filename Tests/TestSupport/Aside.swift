internal import Locks
internal import ProcessControl
public import Sockets

/// A call made on a thread of its own, whose result is fetched later.
public final class Aside<Value: Sendable>: Sendable {
    private let result = Lock<Result<Value, SocketError>?>(nil)
    private let thread = Lock<NetworkThread?>(nil)
    private let name: String
    private let network: Network

    /// Starts the call.
    public init(
        _ network: Network, _ body: @escaping @Sendable () throws(SocketError) -> Value
    ) throws(SocketError) {
        self.network = network
        name = "t\(Aside<Never>.number())"
        let started = try network.spawn(name) { [self] in
            let outcome = Result { () throws(SocketError) in try body() }
            result.withLock { $0 = outcome }
        }
        thread.withLock { $0 = started }
    }

    /// Waits until the call has ended; what came of it.
    @available(*, noasync, message: "this parks the thread")
    public func outcome() -> Result<Value, SocketError> {
        try? thread.withLock { $0 }?.join()
        return ending
    }

    /// Waits until the call has ended, while the task is suspended; what came of it.
    public func outcome() async -> Result<Value, SocketError> {
        try? await thread.withLock { $0 }?.join()
        return ending
    }

    private var ending: Result<Value, SocketError> {
        result.withLock { $0 } ?? .failure(SocketError(.other, .spawn))
    }

    /// Waits until the call has ended; the error it ended with.
    @available(*, noasync, message: "this parks the thread")
    public func failure() -> SocketError? {
        if case .failure(let error) = outcome() { error } else { nil }
    }

    /// Waits until the call has ended, while the task is suspended; the error it ended with.
    public func failure() async -> SocketError? {
        if case .failure(let error) = await outcome() { error } else { nil }
    }

    private var hasEnded: Bool { result.withLock { $0 != nil } }

    /// Waits, for two seconds at most, until the thread sleeps in the kernel: it is then most likely parked in its call. Whether it
    /// is decides how much a test proves, never whether it passes. A simulated one gets as far as it can in no time.
    @available(*, noasync, message: "this parks the thread")
    public func awaitParked() {
        network.isSimulated ? try? network.sleep(for: .milliseconds(1)) : awaitAsleep()
    }

    /// As the form that parks the thread, while the task is suspended where time is simulated.
    public func awaitParked() async {
        network.isSimulated ? try? await network.sleep(for: .milliseconds(1)) : awaitAsleep()
    }

    private func awaitAsleep() {
        for _ in 0..<10_000 {
            if unsafe control_is_asleep(name) != 0 || hasEnded { return }
            Process.pause()
        }
    }
}

extension Aside where Value == Never {
    static func number() -> Int {
        counter.withLock { count in
            count += 1
            return count
        }
    }
}

private let counter = Lock(0)
