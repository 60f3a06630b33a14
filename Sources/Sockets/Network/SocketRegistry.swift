internal import Locks

/// The open sockets of a network, which it does not keep alive, so that the network can close them.
///
/// They form a list through themselves: being in it takes two words of a socket, while a table of weak references took a hundred bytes,
/// an allocation and a hash, for every connection.
final class SocketRegistry: Sendable {
    /// A socket's place in the list; it is touched under the registry's lock only.
    @unsafe struct Place {
        fileprivate var next: Unmanaged<Socket>?
        fileprivate var previous: Unmanaged<Socket>?
    }

    @safe private struct State {
        var first: Unmanaged<Socket>?
        var isClosed = false
    }

    private let state = Lock(State())

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// How many sockets are open: it walks through all of them.
    var count: Int {
        state.withLock { state in
            var count = 0
            var next = unsafe state.first
            while let reference = unsafe next {
                count += 1
                unsafe next = reference._withUnsafeGuaranteedRef { unsafe $0.place.next }
            }
            return count
        }
    }

    /// False when the network is closed: then the socket must go.
    func add(_ socket: Socket) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            let reference = unsafe Unmanaged.passUnretained(socket)
            unsafe state.first?._withUnsafeGuaranteedRef { unsafe $0.place.previous = reference }
            unsafe socket.place = unsafe Place(next: state.first)
            unsafe state.first = reference
            return true
        }
    }

    /// Whoever was added is removed before it goes, and after that it may go.
    func remove(_ socket: Socket) {
        state.withLock { state in
            let place = unsafe socket.place
            unsafe socket.place = unsafe Place()
            if let previous = unsafe place.previous {
                unsafe previous._withUnsafeGuaranteedRef { unsafe $0.place.next = unsafe place.next }
            } else {
                // The first has none before it, and who has been removed neither.
                guard unsafe state.first?.toOpaque() == Unmanaged.passUnretained(socket).toOpaque() else { return }
                unsafe state.first = unsafe place.next
            }
            unsafe place.next?._withUnsafeGuaranteedRef { unsafe $0.place.previous = unsafe place.previous }
        }
    }

    /// Refuses new sockets from now on and returns those there are.
    func close() -> [Socket] {
        state.withLock { state in
            state.isClosed = true
            var found: [Socket] = []
            while let reference = unsafe state.first {
                let next = unsafe reference._withUnsafeGuaranteedRef { socket in
                    defer { unsafe socket.place = unsafe Place() }
                    return unsafe socket.place.next
                }
                unsafe state.first = unsafe next
                if let socket = unsafe Self.living(reference) { found.append(socket) }
            }
            return found
        }
    }

    /// Nil when the socket's last reference has gone: then its `deinit` waits for the lock, and its memory is still there.
    ///
    /// Until the result is held, the socket must be too: were its last reference to go here, its `deinit` would wait for the lock on the
    /// very thread that has it.
    private static func living(_ reference: Unmanaged<Socket>) -> Socket? {
        let held = unsafe reference.takeUnretainedValue()
        return withExtendedLifetime(held) {
            weak let socket = held
            return socket
        }
    }
}
