internal import Locks
internal import SocketModel
internal import Synchronization

/// Who is inside a socket, whether it is closed, and whether bytes wait here that were received and not delivered.
///
/// Calls enter and leave; closing lets nobody in any more, and the closer waits until the last call has left, so that the handle's
/// number goes back only then, and a reused number is never touched. One compare-and-swap in, one subtraction out.
@safe struct SocketUsage: ~Copyable {
    private static let closed: UInt32 = 1 << 31
    private static let remainder: UInt32 = 1 << 30

    private let state = Atomic<UInt32>(0)
    private let restReference = OnceReference<LockedRest>()

    // Not private: Swift 6.3.1 emits an invalid module when another file stores this struct.
    /// What only few sockets ever need, made for those.
    final class LockedRest: Sendable {
        let lock = Lock(Rest())
    }

    struct Rest {
        var drained = Drained.no
        var remainder = Remainder()
    }

    private var rest: LockedRest { restReference.made { LockedRest() } }

    enum Drained {
        case no, yes
        case awaited(@Sendable () -> Void)
    }

    /// How a call got in.
    enum Entry {
        /// Not at all: the socket is closed.
        case refused
        case entered
        /// Inside, and there are bytes to be delivered before the kernel's.
        case enteredBesideRemainder
    }

    var isClosed: Bool { state.load(ordering: .sequentiallyConsistent) & Self.closed != 0 }

    /// False when the socket is closed.
    @inline(__always) func enter() -> Bool { enterLooking() != .refused }

    /// False when the socket is closed, and when there are bytes to be delivered before the kernel's.
    @inline(__always) func enterPlainly() -> Bool { enter(unless: Self.closed | Self.remainder) != nil }

    @inline(__always) func enterLooking() -> Entry {
        guard let seen = enter(unless: Self.closed) else { return .refused }
        return seen & Self.remainder == 0 ? .entered : .enteredBesideRemainder
    }

    /// What the state was; nil, and nobody has entered, if one of these bits was set.
    @inline(__always) private func enter(unless barred: UInt32) -> UInt32? {
        var seen = state.load(ordering: .relaxed)
        while seen & barred == 0 {
            let (exchanged, now) = state.compareExchange(expected: seen, desired: seen + 1, ordering: .acquiring)
            if exchanged { return seen }
            seen = now
        }
        return nil
    }

    @inline(__always) func leave() {
        let left = state.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
        if left & ~Self.remainder == Self.closed { drain() }
    }
}

// MARK: Closing

extension SocketUsage {
    /// How many calls are inside; nil when somebody else has closed before.
    func close() -> Int? {
        let seen = state.bitwiseOr(Self.closed, ordering: .sequentiallyConsistent).oldValue
        return seen & Self.closed == 0 ? Int(seen & ~Self.remainder) : nil
    }

    /// What came of an attempt to close.
    enum Closing {
        /// Nobody comes in any more; so many calls are inside.
        case closed(inside: Int)
        /// Somebody else has closed before.
        case tooLate
        /// Nothing has changed: bytes wait to be received.
        case unread
        /// Nothing has changed: somebody is inside.
        case busy
    }

    /// Closes unless bytes wait here, or, if `onlyIfIdle`, somebody is inside.
    func closeCarefully(onlyIfIdle: Bool) -> Closing {
        var seen = state.load(ordering: .relaxed)
        while true {
            if seen & Self.closed != 0 { return .tooLate }
            if seen & Self.remainder != 0 { return .unread }
            if onlyIfIdle, seen != 0 { return .busy }
            let (exchanged, now) = state.compareExchange(
                expected: seen, desired: seen | Self.closed, ordering: .sequentiallyConsistent)
            if exchanged { return .closed(inside: Int(seen)) }
            seen = now
        }
    }

    /// Calls `action`, once, as soon as the calls that were inside at ``close()`` have left: now, or on the thread of the last of them.
    func whenDrained(_ action: @escaping @Sendable () -> Void) {
        let isDrained = rest.lock.withLock { rest in
            if case .yes = rest.drained { return true }
            rest.drained = .awaited(action)
            return false
        }
        if isDrained { action() }
    }

    private func drain() {
        let action = rest.lock.withLock { rest -> (@Sendable () -> Void)? in
            defer { rest.drained = .yes }
            if case .awaited(let action) = rest.drained { return action }
            return nil
        }
        action?()
    }
}

// MARK: The remainder

extension SocketUsage {
    /// Bytes that were received for a call that could not deliver them; to be seen from inside only.
    var hasRemainder: Bool { state.load(ordering: .relaxed) & Self.remainder != 0 }

    /// How many bytes wait here.
    var remainderCount: Int { hasRemainder ? rest.lock.withLock { $0.remainder.count } : 0 }

    /// Keeps bytes for the next receive, behind those that wait already.
    func keep(_ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty else { return }
        rest.lock.withLock { rest in
            rest.remainder.append(bytes)
            state.bitwiseOr(Self.remainder, ordering: .releasing)
        }
    }

    /// Lets `body` take of the bytes that wait here; nil when another call has taken them.
    func withRemainder<R>(_ body: (inout Remainder) -> R) -> R? {
        rest.lock.withLock { rest in
            guard rest.remainder.count > 0 else { return nil }
            defer { if rest.remainder.count == 0 { state.bitwiseAnd(~Self.remainder, ordering: .releasing) } }
            return body(&rest.remainder)
        }
    }
}
