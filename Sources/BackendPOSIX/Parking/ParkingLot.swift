internal import CPOSIX
internal import Locks
internal import SocketModel
internal import SystemSockets

/// Where threads wait for their sockets: each in `ppoll(2)`, on its sockets and on a waker.
///
/// A cancelled socket's waiters are woken, and nobody waits for it again until its descriptor is forgotten. Places are reused, so
/// waiting allocates nothing; up to 64 vacant places keep their waker. When no descriptor is left for a new one, waiters share the
/// waker made at init: more spurious wake-ups, nothing lost. A cancel looks through all places: it is rare.
final class ParkingLot: Waiter {
    private struct Place {
        var waker: Waker?
        var first: Int32 = -1
        var others: [Int32] = []
        var isCancelled = false

        func holds(_ descriptor: Int32) -> Bool { first == descriptor || others.contains(descriptor) }
    }

    private struct State {
        var places: [Place] = []
        var vacant: [Int] = []
        var cancelled: Set<Int32> = []
    }

    private static let idleWakers = 64
    private let state = Lock(State())
    private let shared: Waker

    /// Throws when there is no descriptor left.
    init() throws(Failure) { shared = try Waker() }

    /// Parks the calling thread for a while, or until the socket is cancelled.
    func pause(_ descriptor: Int32, until deadline: NetworkInstant) -> WaitOutcome {
        // ppoll passes over negative descriptors: only the waker is watched.
        wait(for: -1 - descriptor, [], until: deadline)
    }

    /// Parks the calling thread until one of `entries` is ready, and fills their `revents`: `POLLNVAL` for one that was cancelled.
    ///
    /// A reactor's thread is refused unless it need not wait at all: everybody else's sockets and tasks would wait with it.
    func wait(for entries: UnsafeMutableBufferPointer<pollfd>, until deadline: NetworkInstant) -> WaitOutcome {
        if deadline != .distantPast, ExecutorThread.isAnyCurrent { return .refused }
        guard let (place, waker) = unsafe enter(entries) else { return .cancelled }
        let outcome = unsafe poll(entries, place, waker.descriptor, until: deadline)
        return unsafe leave(place, waker, entries) ? .cancelled : outcome
    }

    /// Wakes whoever waits for the socket, and refuses those to come.
    func cancel(_ descriptor: Int32) {
        state.withLock { state in
            state.cancelled.insert(descriptor)
            for index in state.places.indices
            where state.places[index].holds(descriptor) && !state.places[index].isCancelled {
                state.places[index].isCancelled = true
                state.places[index].waker?.signal()
            }
        }
    }

    /// The descriptor's number is about to go back to the system: what was said of it is void.
    func forget(_ descriptor: Int32) {
        state.withLock { state in
            if !state.cancelled.isEmpty { state.cancelled.remove(descriptor) }
        }
    }

    private static func descriptor(_ entry: pollfd) -> Int32 { entry.fd < 0 ? -1 - entry.fd : entry.fd }

    private func enter(_ entries: UnsafeMutableBufferPointer<pollfd>) -> (Int, Waker)? {
        state.withLock { state in
            if !state.cancelled.isEmpty, unsafe Self.mark(entries, cancelled: state.cancelled) { return nil }
            let index = state.vacant.popLast() ?? state.places.endIndex
            if index == state.places.endIndex { state.places.append(Place()) }
            let waker = state.places[index].waker ?? (try? Waker()) ?? shared
            state.places[index].waker = waker
            if let first = unsafe entries.first { state.places[index].first = Self.descriptor(first) }
            if entries.count > 1 { state.places[index].others = unsafe entries.dropFirst().map(Self.descriptor) }
            return (index, waker)
        }
    }

    private func leave(_ index: Int, _ waker: Waker, _ entries: UnsafeMutableBufferPointer<pollfd>) -> Bool {
        state.withLock { state in
            let wasCancelled = state.places[index].isCancelled
            if wasCancelled {
                waker.consume()
                _ = unsafe Self.mark(entries, cancelled: state.cancelled)
            }
            let keeps = waker !== shared && state.vacant.count < Self.idleWakers
            state.places[index] = Place(waker: keeps ? waker : nil)
            state.vacant.append(index)
            return wasCancelled
        }
    }

    private static func mark(_ entries: UnsafeMutableBufferPointer<pollfd>, cancelled: Set<Int32>) -> Bool {
        var found = false
        for index in entries.indices where unsafe cancelled.contains(descriptor(entries[index])) {
            unsafe entries[index].revents = PollEvents.invalid.rawValue
            found = true
        }
        return found
    }

    private func poll(
        _ entries: UnsafeMutableBufferPointer<pollfd>, _ place: Int, _ waker: Int32, until deadline: NetworkInstant
    ) -> WaitOutcome {
        unsafe withUnsafeTemporaryAllocation(of: pollfd.self, capacity: entries.count + 1) { watched in
            let last = entries.count
            _ = unsafe watched.initialize(fromContentsOf: entries)
            unsafe watched.initializeElement(at: last, to: pollfd(fd: waker, events: Int16(POLLIN), revents: 0))
            while true {
                let left = deadline == .distantFuture ? -1 : Self.nanoseconds(until: deadline)
                let count = unsafe cposix_poll(watched.baseAddress, UInt(last + 1), left)
                if count < 0 && errno != EINTR { return .failed(Errno(rawValue: errno)) }
                if count == 0 { return .timedOut }
                let isReady = unsafe count > (watched[last].revents == 0 ? 0 : 1)
                if isReady {
                    for index in entries.indices { unsafe entries[index].revents = watched[index].revents }
                    return .ready
                }
                if count > 0, state.withLock({ $0.places[place].isCancelled }) { return .cancelled }
            }
        }
    }

    private static func nanoseconds(until deadline: NetworkInstant) -> Int64 {
        max(0, SystemClock.now.duration(to: deadline).saturatingNanoseconds)
    }
}
