#if URing
    internal import CPOSIX
    internal import CURing
    internal import Locks
    internal import SocketModel
    internal import SystemSockets

    /// Where threads that block wait: each in a ring lent to it, on the very operation it has asked for.
    ///
    /// A ring is lent until the final completion of all it was lent for. At most 64 stay open while nobody needs them; there is no bound
    /// on how many are lent, as each is a blocked thread's. When there is none to be had, for want of descriptors or memory, a thread
    /// looks again every 10 ms instead, with a ring that is kept for that.
    final class RingPool: Waiter {
        /// One thread's ring at a time: so neither SINGLE_ISSUER nor DEFER_TASKRUN.
        ///
        /// Sendable without check: the ring is the borrower's, but for ``Ring/cancelAll()``, which any thread may ask for.
        fileprivate final class Lent: @unchecked Sendable {
            let ring: Ring

            init() throws(Failure) { ring = try Ring(entries: 16, completions: 64, []) }
        }

        fileprivate struct Place {
            /// Nil where none was to be had.
            var lent: Lent?
            var first: Int32 = -1
            var others: [Int32] = []
            var isCancelled = false

            func holds(_ descriptor: Int32) -> Bool { first == descriptor || others.contains(descriptor) }
        }

        fileprivate struct State {
            var places: [Int: Place] = [:]
            var next = 0
            var spare: [Lent] = []
            var cancelled: Set<Int32> = []
        }

        typealias Preparation = (UnsafeMutablePointer<curing_ring>, UInt64) -> Int32

        private static let spareRings = 64
        private let state = Lock(State())
        private let reserve: Lock<Lent>

        /// Throws what keeps io_uring from working here.
        init() throws(Failure) { reserve = Lock(try Lent()) }

        // MARK: Operations

        /// Carries out one request; the calling thread waits for its completion at most until `deadline`, which in the past means: not
        /// at all. So does an executor's thread, for which it is an error to have to wait.
        ///
        /// - Returns: What the kernel says: a result, not negative.
        /// - Throws: the kernel's error, or that it was cancelled, timed out, or would have had to wait.
        func carryOut(
            on descriptor: Int32, until deadline: NetworkInstant, _ prepare: Preparation
        ) throws(Failure) -> Int32 {
            let isRefused = deadline != .distantPast && ExecutorThread.isAnyCurrent
            let deadline = isRefused ? .distantPast : deadline
            let (place, lent) = try enter(Place(first: descriptor))
            let result =
                unsafe lent.map { unsafe carryOut(place, $0, deadline, prepare) }
                ?? carryOutWithReserve(place, deadline, prepare)
            let wasCancelled = leave(place)
            if result >= 0 { return result }
            if wasCancelled, [ECANCELED, EINTR, ETIME].contains(-result) { throw Failure(.cancelled) }
            guard result == -ETIME else { throw .system(-result) }
            if isRefused { throw Failure(.blockingOnExecutor) }
            throw deadline == .distantPast ? .system(EAGAIN) : Failure(.timedOut)
        }

        private func carryOut(
            _ place: Int, _ lent: Lent, _ deadline: NetworkInstant, _ prepare: Preparation
        ) -> Int32 {
            while true {
                let result = unsafe lent.ring.carryOut(until: deadline, prepare)
                // Who cancelled the ring's last borrower may have been late: that is none of this one's business.
                if result != -ECANCELED || isCancelled(place) { return result }
            }
        }

        private func carryOutWithReserve(_ place: Int, _ deadline: NetworkInstant, _ prepare: Preparation) -> Int32 {
            while true {
                let result = reserve.withLock { unsafe $0.ring.carryOut(until: .distantPast, prepare) }
                guard result == -ETIME, deadline != .distantPast, !isCancelled(place) else { return result }
                if unsafe !Self.nap(watching: UnsafeMutableBufferPointer(start: nil, count: 0), deadline) {
                    return result
                }
            }
        }

        // MARK: Waiting

        func wait(for entries: UnsafeMutableBufferPointer<pollfd>, until deadline: NetworkInstant) -> WaitOutcome {
            if deadline == .distantPast { return unsafe pollAtOnce(entries) }
            if ExecutorThread.isAnyCurrent { return .refused }
            do throws(Failure) {
                let (place, lent) = try enter(unsafe Place(entries))
                let found =
                    unsafe lent.map { unsafe $0.ring.poll(entries, until: deadline) { isCancelled(place) } }
                    ?? pollWithoutRing(place, entries, deadline)
                guard leave(place) else { return found }
            } catch {
                guard error.code == .cancelled else { return .failed(error.errno ?? Errno(rawValue: ENOMEM)) }
            }
            unsafe markCancelled(entries)
            return .cancelled
        }

        private func pollAtOnce(_ entries: UnsafeMutableBufferPointer<pollfd>) -> WaitOutcome {
            let count = unsafe cposix_poll(entries.baseAddress, UInt(entries.count), 0)
            if count < 0 { return .failed(Errno(rawValue: errno)) }
            if unsafe markCancelled(entries) { return .cancelled }
            return count == 0 ? .timedOut : .ready
        }

        private func pollWithoutRing(
            _ place: Int, _ entries: UnsafeMutableBufferPointer<pollfd>, _ deadline: NetworkInstant
        ) -> WaitOutcome {
            while !isCancelled(place) {
                let isTimeLeft = unsafe Self.nap(watching: entries, deadline)
                if unsafe entries.contains(where: { $0.revents != 0 }) { return .ready }
                if !isTimeLeft { return .timedOut }
            }
            return .cancelled
        }

        /// Waits for one of the entries, 10 ms at most; false when the deadline has come.
        private static func nap(watching entries: UnsafeMutableBufferPointer<pollfd>, _ deadline: NetworkInstant)
            -> Bool
        {
            let left = SystemClock.now.duration(to: deadline).saturatingNanoseconds
            _ = unsafe cposix_poll(entries.baseAddress, UInt(entries.count), max(0, min(left, 10_000_000)))
            return left > 0
        }

        @discardableResult
        private func markCancelled(_ entries: UnsafeMutableBufferPointer<pollfd>) -> Bool {
            state.withLock { state in
                if state.cancelled.isEmpty { return false }
                var found = false
                for index in entries.indices where unsafe state.cancelled.contains(entries[index].fd) {
                    unsafe entries[index].revents = PollEvents.invalid.rawValue
                    found = true
                }
                return found
            }
        }

        func pause(_ descriptor: Int32, until deadline: NetworkInstant) -> WaitOutcome {
            if ExecutorThread.isAnyCurrent { return .refused }
            do throws(Failure) {
                let left = max(0, SystemClock.now.duration(to: deadline).saturatingNanoseconds)
                var time = __kernel_timespec(tv_sec: left / 1_000_000_000, tv_nsec: left % 1_000_000_000)
                _ = try unsafe withUnsafeMutablePointer(to: &time) { time throws(Failure) in
                    // The deadline is also that of waiting for a ring.
                    try unsafe carryOut(on: descriptor, until: deadline) { unsafe curing_timeout($0, time, $1) }
                }
                return .timedOut
            } catch {
                return error.code == .cancelled ? .cancelled : .timedOut
            }
        }

        // MARK: Cancelling

        func cancel(_ descriptor: Int32) {
            let waiting = state.withLock { state in
                state.cancelled.insert(descriptor)
                var waiting: [(Int, Lent)] = []
                for (number, place) in state.places where place.holds(descriptor) {
                    state.places[number]?.isCancelled = true
                    if let lent = place.lent { waiting.append((number, lent)) }
                }
                return waiting
            }
            for (number, lent) in waiting { wake(number, lent) }
        }

        /// The thread may not have submitted its request yet, and will not look again: so it is asked until it has left.
        private func wake(_ place: Int, _ lent: Lent) {
            while state.withLock({ $0.places[place] != nil }) {
                let status = lent.ring.cancelAll()
                if status >= 0 || status == -ENOENT { _ = sched_yield() } else { _ = cposix_poll(nil, 0, 1_000_000) }
            }
        }

        func forget(_ descriptor: Int32) {
            state.withLock { state in
                if !state.cancelled.isEmpty { state.cancelled.remove(descriptor) }
            }
        }

        private func enter(_ place: Place) throws(Failure) -> (Int, Lent?) {
            var place = place
            let entered = try state.withLock { state throws(Failure) in
                try state.refuse(place)
                place.lent = state.spare.popLast()
                return place.lent == nil ? nil : state.enter(place)
            }
            if let entered { return (entered, place.lent) }
            place.lent = try? Lent()
            return try state.withLock { state throws(Failure) in
                try state.refuse(place)
                return (state.enter(place), place.lent)
            }
        }

        private func isCancelled(_ number: Int) -> Bool { state.withLock { $0.places[number]?.isCancelled == true } }

        /// Gives the ring back; true if the place was cancelled.
        private func leave(_ number: Int) -> Bool {
            state.withLock { state in
                guard let place = state.places.removeValue(forKey: number) else { return false }
                // A request that the kernel would not take refers to memory that is gone.
                if let lent = place.lent, !lent.ring.hasPrepared, state.spare.count < Self.spareRings {
                    state.spare.append(lent)
                }
                return place.isCancelled
            }
        }
    }

    extension RingPool.Place {
        fileprivate init(_ entries: UnsafeMutableBufferPointer<pollfd>) {
            if let entry = unsafe entries.first { first = entry.fd }
            if entries.count > 1 { others = unsafe entries.dropFirst().map(\.fd) }
        }
    }

    extension RingPool.State {
        fileprivate func refuse(_ place: RingPool.Place) throws(Failure) {
            if !cancelled.isEmpty, cancelled.contains(where: place.holds) { throw Failure(.cancelled) }
        }

        fileprivate mutating func enter(_ place: RingPool.Place) -> Int {
            next += 1
            places[next] = place
            return next
        }
    }
#endif
