public import SocketModel

/// A network's clock: real time that never jumps on a kernel, virtual time in a simulation.
///
/// ```swift
/// try await Task.sleep(until: network.now.advanced(by: .seconds(1)), clock: network.clock)
/// ```
///
/// Sleeping tasks wait in a timer of one of the network's executors: the one they run on, else the first.
public struct NetworkClock: Clock, Sendable {
    let network: Network

    /// The present.
    public var now: NetworkInstant { network.now }

    /// A nanosecond: what instants are counted in. Kernels wake sleepers some 50 µs late or more.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// Suspends the task until `deadline`; it is never woken before.
    ///
    /// - Parameter tolerance: How much later would do; not made use of.
    /// - Throws: `CancellationError` when the task is cancelled, and otherwise ``SocketError`` as ``Network/sleep(until:)``.
    public func sleep(until deadline: NetworkInstant, tolerance: Duration? = nil) async throws {
        do throws(SocketError) {
            try await network.sleep(until: deadline)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw error
        }
    }
}

extension Network {
    /// This network's clock, for `Task.sleep` and whatever else takes one.
    public var clock: NetworkClock { NetworkClock(network: self) }
}
