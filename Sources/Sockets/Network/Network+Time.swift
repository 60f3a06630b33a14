public import SocketModel

extension Network {
    /// The present, on this network's clock: real time on a kernel, virtual time in a simulation.
    public var now: NetworkInstant { backend.now }

    /// Parks the calling thread for `duration` of this network's time; zero and less return at once.
    @available(*, noasync, message: "this parks the thread")
    public func sleep(for duration: Duration) {
        guard duration > .zero else { return }
        backend.sleep(until: now.advanced(by: duration))
    }

    /// Parks the calling thread until `instant` of this network's clock.
    @available(*, noasync, message: "this parks the thread")
    public func sleep(until instant: NetworkInstant) { backend.sleep(until: instant) }

    /// This network's randomness: the system's on a kernel, the seed's in a simulation.
    public var random: NetworkRandom { NetworkRandom(backend: backend) }

    /// Runs `body` on a thread of its own, a simulated one in a simulation, and returns what waits for its end.
    ///
    /// - Parameter name: For debuggers; the kernel keeps 15 bytes.
    /// - Throws: ``SocketError`` with ``SocketError/Code/outOfResources`` when the system has no thread to give.
    @discardableResult
    public func spawn(
        _ name: String = "network", _ body: @escaping @Sendable () -> Void
    ) throws(SocketError) -> NetworkThread {
        do throws(Failure) {
            return NetworkThread(latch: try backend.spawn(named: name, body))
        } catch {
            throw SocketError(error, .spawn, .name(name))
        }
    }
}

/// A network's random numbers. Not cheap, a system call each: seed a generator of your own for many.
public struct NetworkRandom: RandomNumberGenerator, Sendable {
    let backend: any Backend

    /// The next eight random bytes.
    public mutating func next() -> UInt64 {
        var value: UInt64 = 0
        unsafe withUnsafeMutableBytes(of: &value) { unsafe backend.fillRandom($0) }
        return value
    }
}

/// A thread that ``Network/spawn(_:_:)`` started.
public struct NetworkThread: Sendable {
    let latch: any Latch

    /// Parks the calling thread until the other has ended.
    @available(*, noasync, message: "this parks the thread")
    public func join() { latch.wait() }
}
