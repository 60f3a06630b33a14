#if URing
    internal import CPOSIX
    internal import CURing
    internal import SocketModel
    internal import SystemSockets

    // What a thread does that has a ring to itself, and blocks.
    extension Ring {
        private static let request: UInt64 = 1
        private static let cancel: UInt64 = 0

        /// Carries out one request, and returns when it is over, whatever the deadline.
        ///
        /// - Returns: Its result, or a negative error number: `-ETIME` when it was ended by the deadline.
        func carryOut(
            until deadline: NetworkInstant, _ prepare: (UnsafeMutablePointer<curing_ring>, UInt64) -> Int32
        ) -> Int32 {
            let status = unsafe self.prepare { unsafe prepare($0, Self.request) }
            if status < 0 { return status }
            if let result = wait(until: deadline) { return result }
            while true {
                // A thread of the kernel's that carries the request out may miss the first of them.
                _ = unsafe self.prepare { unsafe curing_cancel($0, Self.request, Self.cancel) }
                guard let result = wait(until: SystemClock.now.advanced(by: .milliseconds(5))) else { continue }
                return result == -ECANCELED || result == -EINTR ? -ETIME : result
            }
        }

        /// The result of the request under way; nil if the deadline came first, or a signal when there is none.
        private func wait(until deadline: NetworkInstant) -> Int32? {
            while true {
                let status = enter(nanoseconds: Self.nanoseconds(until: deadline))
                var result: Int32?
                drain { tag, found, _ in if tag == Self.request { result = found } }
                if let result { return result }
                if !Self.isPassing(status) {
                    // What the kernel has is waited for all the same: it may still write to the caller's memory.
                    if hasPrepared { return status }
                    _ = cposix_poll(nil, 0, 1_000_000)
                }
                if status == -ETIME || deadline == .distantPast { return nil }
            }
        }

        /// Waits until one of the entries is ready, and fills in what they are ready for.
        ///
        /// A request for each is over when it has told something, which nearly always is what was waited for. The kernel adds `POLLRDHUP` to what it
        /// is asked for, though: where that was it, requests that go on tell what comes after.
        func poll(
            _ entries: UnsafeMutableBufferPointer<pollfd>, until deadline: NetworkInstant, isCancelled: () -> Bool
        ) -> WaitOutcome {
            var goOn = false
            while true {
                let armed = unsafe arm(entries, goingOn: goOn)
                var running = armed
                defer { unsafe disarm(entries, running) }
                repeat {
                    let status = awaitFirst(&running, until: deadline)
                    if let outcome = unsafe outcome(entries, status, isCancelled) { return outcome }
                } while goOn && running == armed
                goOn = true
            }
        }

        /// What the wait has come to; nil if it goes on.
        private func outcome(
            _ entries: UnsafeMutableBufferPointer<pollfd>, _ status: Int32, _ isCancelled: () -> Bool
        ) -> WaitOutcome? {
            let count = unsafe cposix_poll(entries.baseAddress, UInt(entries.count), 0)
            if count < 0 { return .failed(Errno(rawValue: errno)) }
            if count > 0 { return .ready }
            if status == -ETIME { return .timedOut }
            if isCancelled() { return .cancelled }
            return status < 0 && status != -ECANCELED ? .failed(Errno(rawValue: -status)) : nil
        }

        /// - Returns: How many requests there are.
        private func arm(_ entries: UnsafeMutableBufferPointer<pollfd>, goingOn: Bool) -> Int {
            var count = 0
            for index in entries.indices {
                let entry = unsafe entries[index]
                guard entry.fd >= 0 else { continue }
                let events = UInt32(UInt16(bitPattern: entry.events))
                let status = unsafe prepare {
                    let poll = unsafe goingOn ? curing_poll_on : curing_poll
                    return unsafe poll($0, entry.fd, events, UInt64(index) + 1)
                }
                if status < 0 { break }
                count += 1
            }
            return count
        }

        /// - Returns: `-ETIME` after the time; else what the first to tell something says.
        private func awaitFirst(_ running: inout Int, until deadline: NetworkInstant) -> Int32 {
            while true {
                let status = enter(nanoseconds: Self.nanoseconds(until: deadline))
                var first: Int32?
                drain { tag, result, goesOn in
                    guard tag > 0 else { return }
                    if !goesOn { running -= 1 }
                    first = first ?? result
                }
                if let first { return first }
                if status == -ETIME || !Self.isPassing(status) { return status }
            }
        }

        private func disarm(_ entries: UnsafeMutableBufferPointer<pollfd>, _ count: Int) {
            var running = count
            if running > 0 {
                for index in entries.indices where unsafe entries[index].fd >= 0 {
                    _ = unsafe prepare { unsafe curing_cancel($0, UInt64(index) + 1, Self.cancel) }
                }
            }
            while running > 0 {
                let status = enter(nanoseconds: -1)
                drain { tag, _, goesOn in if tag > 0, !goesOn { running -= 1 } }
                if !Self.isPassing(status) {
                    if hasPrepared { return }
                    _ = cposix_poll(nil, 0, 1_000_000)
                }
            }
        }

        private func drain(_ take: (_ tag: UInt64, _ result: Int32, _ goesOn: Bool) -> Void) {
            let count = readyCount
            for index in 0..<count {
                let completion = self[index]
                take(completion.tag, completion.result, completion.flags & UInt32(CURING_MORE) != 0)
            }
            advance(count)
        }

        private static func nanoseconds(until deadline: NetworkInstant) -> Int64 {
            switch deadline {
            case .distantFuture: -1
            case .distantPast: 0
            default: max(1, SystemClock.now.duration(to: deadline).saturatingNanoseconds)
            }
        }
    }
#endif
