#if URing
    internal import CPOSIX
    internal import CURing
    internal import SocketModel
    internal import Synchronization
    internal import SystemSockets

    // What waits with a ring, on its thread.
    extension URingRegistration {
        /// Lets an operation wait. When it is others' turn, nothing is tried before they have had it.
        func begin(_ waiting: WaitingOperation, afterAttempt: Bool) {
            guard !own.isCancelled else { return waiting.complete(.failure(Failure(.cancelled))) }
            thread.startDeadline(waiting, at: self)
            let place = Place(waiting.operation.action)
            switch place {
            case .reading where waiting.isPlainReceive && !own.hasReaders: own.plainReceive = waiting
            case .reading: rest.reading.append(waiting)
            case .writing:
                rest.writing.append(waiting)
                // What waits for one UNIX peer does not hold up what goes to another.
                if rest.writing.count > 1, waiting.operation.action.waitsForUNIXPeer { startRetry(waiting) }
            case .polling: rest.polling.append(waiting)
            }
            if thread.isTurnOver { return loop.postpone(self) }
            switch place {
            case .reading: advanceReading()
            case .writing: advanceWriting()
            case .polling: advancePolls()
            }
        }

        private enum Place {
            case reading, writing, polling

            init(_ action: Operation.Action) {
                switch action {
                case .send, .sendMessage, .sendBatch, .sendFile, .connect: self = .writing
                case .poll: self = .polling
                default: self = .reading
                }
            }
        }

        /// Does all that has become possible.
        func advance() {
            advanceReading()
            advanceWriting()
            advancePolls()
        }

        // MARK: Reading

        func advanceReading() {
            if own.rest?.readRequest != nil { return }
            while let waiting = own.plainReceive ?? own.rest?.reading.first {
                let operation = waiting.operation
                if case .accept = operation.action {
                    return begin(accepting: waiting)
                }
                if !own.hasReceived, operation.action.isPlainReceive, runStream() { return }
                if let completion = unsafe tryInput(operation, waiting.memory) {
                    removeFirstReader()
                    thread.finish(waiting, completion)
                    continue
                }
                // What the request receives that goes on is not wanted so, or there is something beside it to wait for.
                if operation.action.concernsStream, own.stream.isActive { return stopStream() }
                return watch(.reading, POLLIN | (operation.action.concernsStream ? 0 : POLLPRI))
            }
        }

        private func removeFirstReader() {
            if own.plainReceive.take() == nil { _ = rest.reading.removeFirst() }
        }

        private func begin(accepting waiting: WaitingOperation) {
            let memory = rest.peer.reset()
            let request = RingRequest(.operation(waiting, memory), of: self)
            let accept = unsafe rest.knowsOfNobody ? curing_accept_when_ready : curing_accept
            let submitted = unsafe loop.submit(.request(request)) { [descriptor] in
                unsafe accept($0, descriptor, memory.pointer, memory.length, $1)
            }
            removeFirstReader()
            switch submitted {
            case .success(let token): rest.readRequest = (token, request)
            case .failure(let failure): thread.finish(waiting, .failure(failure))
            }
        }

        // MARK: Writing

        func advanceWriting() {
            if own.rest?.writeRequest != nil { return }
            while let waiting = own.rest?.writing.first {
                let operation = waiting.operation
                // For a UNIX peer the kernel would keep a thread waiting.
                if case .connect(let address) = operation.action, address.family != .unix {
                    return begin(waiting, connectingTo: address)
                }
                if let bytes = unsafe uncopied(waiting) { return unsafe begin(waiting, sending: bytes) }
                if let completion = unsafe carryOut(operation, waiting.memory) {
                    _ = rest.writing.removeFirst()
                    thread.finish(waiting, completion)
                    continue
                }
                if operation.action.waitsForUNIXPeer {
                    if waiting.timers.retry == nil { startRetry(waiting) }
                    return
                }
                return watch(.writing, POLLOUT)
            }
        }

        private func startRetry(_ waiting: WaitingOperation) {
            waiting.timers.retry = thread.startRetry(waiting.token, at: self, after: SystemCalls.shortestPause)
        }

        private func begin(_ waiting: WaitingOperation, connectingTo address: SocketAddress) {
            _ = rest.writing.removeFirst()
            do throws(Failure) {
                let memory = try AddressMemory(address)
                let request = RingRequest(.operation(waiting, memory), of: self)
                let token = unsafe try loop.submit(.request(request)) { [descriptor] in
                    unsafe curing_connect($0, descriptor, memory.pointer, memory.length.pointee, $1)
                }.get()
                rest.writeRequest = (token, request)
            } catch {
                thread.finish(waiting, .failure(error))
            }
        }

        /// Tries a UNIX peer once more whose queue was full. It is held up by what waits for the same peer longer, and by nothing else.
        func retry(_ token: Token, after pause: Int64) {
            guard let waiting = rest.writing[token] else { return remind(token, after: pause) }
            waiting.timers.retry = nil
            if !rest.writing.isHeldUp(waiting), let completion = unsafe carryOut(waiting.operation, waiting.memory) {
                _ = rest.writing.remove(token)
                thread.finish(waiting, completion)
                return advanceWriting()
            }
            waiting.timers.retry = thread.startRetry(token, at: self, after: SystemCalls.longer(pause))
        }

        // MARK: Readiness

        private func watch(_ direction: Direction, _ events: Int32) {
            if direction == .reading ? rest.readWatch != nil : rest.writeWatch != nil { return }
            let submitted = unsafe loop.submit(.request(RingRequest(.watch(direction), of: self))) { [descriptor] in
                unsafe curing_poll_on($0, descriptor, UInt32(events), $1)
            }
            switch submitted {
            case .success(let token):
                setWatch(direction, token)
                // What waits for it may be carried out without it.
                loop.flush()
            case .failure(let failure): failFirst(direction, failure)
            }
        }

        private func setWatch(_ direction: Direction, _ token: Token?) {
            if direction == .reading { rest.readWatch = token } else { rest.writeWatch = token }
        }

        private func failFirst(_ direction: Direction, _ failure: Failure) {
            let waiting =
                direction == .reading
                ? own.plainReceive.take() ?? rest.reading.removeFirst() : rest.writing.removeFirst()
            if let waiting { thread.finish(waiting, .failure(failure)) }
        }

        /// Polls wait for different things: one that has to wait on does not hold up those behind it.
        func advancePolls() {
            for waiting in own.rest?.polling ?? [] {
                // One that has completed may have ended others.
                guard rest.polling.contains(where: { $0.token == waiting.token }),
                    case .poll(let entries) = waiting.operation.action
                else { continue }
                if let completion = tryPoll(entries) {
                    rest.polling.removeAll { $0.token == waiting.token }
                    cancelPoll(waiting.token)
                    thread.finish(waiting, completion)
                } else if !rest.polls.contains(where: { $0.waiting == waiting.token }) {
                    submit(waiting, entries)
                }
            }
        }

        private func submit(_ waiting: WaitingOperation, _ entries: [Operation.PollEntry]) {
            let events = entries.reduce(into: PollEvents()) { $0.formUnion($1.events) }
            // The first to be told may be what nobody has asked for, as the kernel adds `POLLRDHUP`: then a request goes on that tells what comes after.
            let poll = unsafe waiting.hasWaited ? curing_poll_on : curing_poll
            waiting.hasWaited = true
            let submitted = unsafe loop.submit(.request(RingRequest(.poll(waiting.token), of: self))) { [descriptor] in
                unsafe poll($0, descriptor, UInt32(UInt16(bitPattern: events.rawValue)), $1)
            }
            switch submitted {
            case .success(let token):
                rest.polls.append((waiting.token, token))
                loop.flush()
            case .failure(let failure):
                rest.polling.removeAll { $0.token == waiting.token }
                thread.finish(waiting, .failure(failure))
            }
        }

        /// Its last completion tells that the kernel has let go of it.
        private func cancelPoll(_ token: Token) {
            if let poll = rest.polls.first(where: { $0.waiting == token }) { loop.cancel(poll.request) }
        }
    }

    // MARK: Completions

    extension URingRegistration {
        /// A request has completed that is no stream.
        func completed(_ request: RingRequest, _ result: Int32, _ flags: UInt32) {
            let goesOn = flags & UInt32(CURING_MORE) != 0
            switch request.purpose {
            case .watch(let direction):
                if !goesOn { setWatch(direction, nil) }
                if direction == .reading { advanceReading() } else { advanceWriting() }
            case .poll(let token):
                if !goesOn { rest.polls.removeAll { $0.waiting == token } }
                advancePolls()
            case .operation(let waiting, let memory):
                if let reminder = request.reminder { thread.remove(reminder) }
                complete(waiting, memory, request, result, isMore: flags & UInt32(CURING_IS_MORE) != 0)
            case .send(let waiting): completed(waiting, request, result, goesOn)
            }
        }

        private func complete(
            _ waiting: WaitingOperation, _ memory: AddressMemory, _ request: RingRequest, _ result: Int32, isMore: Bool
        ) {
            if case .accept = waiting.operation.action {
                rest.readRequest = nil
                // Only what has accepted is known to be a listener, which tells when to look again.
                rest.knowsOfNobody = result >= 0 && !isMore && loop.features.contains(.acceptWhenReady)
                if result == -EAGAIN, request.ending == nil, !own.isCancelled {
                    rest.reading.putBack(waiting)
                    return watch(.reading, POLLIN)
                }
                let handle = SocketHandle(rawValue: result)
                thread.finish(
                    waiting, result >= 0 ? Completion(.accepted(handle, memory.value)) : failure(request, result))
                return advanceReading()
            }
            rest.writeRequest = nil
            let result = result == 0 && hasBegunOnly(waiting.operation.action) ? -EALREADY : result
            let isUnderWay = result == -EINPROGRESS || result == -EALREADY || result == -EAGAIN
            if isUnderWay, request.ending == nil, !own.isCancelled {
                waiting.hasWaited = true
                rest.writing.putBack(waiting)
                return watch(.writing, POLLOUT)
            }
            let isConnected = result == 0 || result == -EISCONN && waiting.hasWaited
            if result < 0 { backend.forgetConnecting(descriptor, Errno(rawValue: -result)) }
            thread.finish(waiting, isConnected ? Completion(.done) : failure(request, result))
            advanceWriting()
        }

        private func hasBegunOnly(_ action: Operation.Action) -> Bool {
            if case .connect(let address) = action { backend.hasBegunOnly(descriptor, address) } else { false }
        }

        func failure(_ request: RingRequest, _ result: Int32) -> Completion {
            if let code = request.ending, Self.endings.contains(-result) { return .failure(Failure(code)) }
            return .failure(.system(-result))
        }

        /// How a request says that it has not been carried out: it was ended, would have to wait, or be made otherwise.
        private static let endings = [
            ECANCELED, EINTR, EALREADY, EINPROGRESS, EAGAIN, EOPNOTSUPP, EINVAL, ENOMEM, ENOBUFS,
        ]

        // MARK: Ends

        func abandon(_ token: Token, _ code: SocketError.Code) { _ = hasAbandoned(token, code) }

        /// Ends an operation that has not completed; false if there is none.
        func hasAbandoned(_ token: Token, _ code: SocketError.Code) -> Bool {
            if endRequest(of: token, code) { return true }
            let found: WaitingOperation?
            if own.plainReceive?.token == token {
                found = own.plainReceive.take()
            } else {
                found = rest.reading.remove(token) ?? rest.writing.remove(token) ?? removePoll(token)
            }
            guard let found else { return false }
            loop.flush()
            thread.finish(found, .failure(Failure(code)))
            // Another may have waited behind it that needs not wait for what it did.
            advanceReading()
            advanceWriting()
            return true
        }

        private func removePoll(_ token: Token) -> WaitingOperation? {
            guard let index = rest.polling.firstIndex(where: { $0.token == token }) else { return nil }
            cancelPoll(token)
            return rest.polling.remove(at: index)
        }

        /// Asks a request that carries out the operation to end early; its completion tells.
        private func endRequest(of token: Token, _ code: SocketError.Code) -> Bool {
            for found in [rest.readRequest, rest.writeRequest] {
                guard let found, found.request.waiting?.token == token else { continue }
                if found.request.ending == nil {
                    found.request.ending = code
                    loop.cancel(found.token)
                    found.request.reminder = thread.startRetry(token, at: self, after: SystemCalls.shortestPause)
                }
                return true
            }
            return false
        }

        /// A thread of the kernel's that carries a request out, as it does with one that has to wait for a UNIX peer, may miss that it was
        /// cancelled: it is told again until the request completes.
        private func remind(_ token: Token, after pause: Int64) {
            for found in [rest.readRequest, rest.writeRequest] {
                guard let found, found.request.waiting?.token == token else { continue }
                if found.request.result != nil { return awaitRelease(found.request, token, after: pause) }
                loop.cancel(found.token)
                found.request.reminder = thread.startRetry(token, at: self, after: SystemCalls.longer(pause))
            }
        }

        func abandonAll() {
            own.isCancelled = true
            for found in [own.rest?.readRequest, own.rest?.writeRequest] {
                if let waiting = found?.request.waiting { _ = endRequest(of: waiting.token, .cancelled) }
            }
            loop.flush()
            while let waiting = own.plainReceive.take() ?? rest.reading.removeFirst()
                ?? rest.writing.removeFirst() ?? rest.polling.popLast()
            {
                cancelPoll(waiting.token)
                thread.finish(waiting, .failure(Failure(.cancelled)))
            }
        }

        /// Whether the kernel has a request of the socket.
        var isInKernel: Bool {
            if own.stream.isActive { return true }
            guard let rest = own.rest else { return false }
            return rest.readRequest != nil || rest.writeRequest != nil || rest.readWatch != nil
                || rest.writeWatch != nil
                || !rest.polls.isEmpty
        }

        /// Nothing of the socket stays with the kernel.
        func bury() {
            own.isCancelled = true
            stopStream()
            guard let rest = own.rest else { return }
            for token in [rest.readRequest?.token, rest.writeRequest?.token, rest.readWatch, rest.writeWatch] {
                if let token { loop.cancel(token) }
            }
            for poll in rest.polls { loop.cancel(poll.request) }
        }
    }
#endif
