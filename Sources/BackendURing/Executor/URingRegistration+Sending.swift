#if URing
    internal import CPOSIX
    internal import CURing
    internal import SocketModel
    internal import SystemSockets

    // Sends without a copy: the kernel reads the memory as it goes out, and says by a second completion that it is done with it.
    extension URingRegistration {
        /// The most bytes of one request, whose length has 32 bits.
        private static var longest: Int { 1 << 30 }
        /// How long a peer has to acknowledge what was under way when the socket was closed, in nanoseconds.
        private static var patience: Int64 { 1_000_000_000 }

        /// Whether the send is to be made so. On the executor's thread.
        func isUncopied(_ action: Operation.Action, _ memory: OperationMemory) -> Bool {
            guard loop.zeroCopy < .max, !own.refusesZeroCopy, case .send([]) = action,
                case .one(let bytes) = unsafe memory
            else { return false }
            return bytes.count >= loop.zeroCopy
        }

        /// What is to be sent so; nil if the operation is carried out otherwise.
        func uncopied(_ waiting: WaitingOperation) -> UnsafeMutableRawBufferPointer? {
            guard unsafe isUncopied(waiting.operation.action, waiting.memory),
                case .one(let bytes) = unsafe waiting.memory
            else { return nil }
            return unsafe bytes
        }

        /// With no deadline all bytes are wanted, else what is taken at the first chance.
        func begin(_ waiting: WaitingOperation, sending bytes: UnsafeMutableRawBufferPointer) {
            _ = rest.writing.removeFirst()
            let wanted: MessageFlags =
                waiting.operation.deadline == .distantFuture ? [.noSignal, .waitForAll] : .noSignal
            let request = RingRequest(.send(waiting), of: self)
            let submitted = unsafe loop.submit(.request(request)) { [descriptor] in
                unsafe curing_send_uncopied(
                    $0, descriptor, bytes.baseAddress, min(bytes.count, Self.longest), wanted.rawValue, $1)
            }
            switch submitted {
            case .success(let token): rest.writeRequest = (token, request)
            case .failure(let failure): thread.finish(waiting, .failure(failure))
            }
        }

        /// The operation is over when the kernel has let go of its memory.
        func completed(_ waiting: WaitingOperation, _ request: RingRequest, _ result: Int32, _ goesOn: Bool) {
            if goesOn {
                request.result = result
                return
            }
            if let reminder = request.reminder { thread.remove(reminder) }
            rest.writeRequest = nil
            let result = request.result ?? result
            if result < 0, request.ending == nil, !own.isCancelled, goesOnOtherwise(waiting, result) { return }
            thread.finish(waiting, result >= 0 ? Completion(.count(Int(result))) : failure(request, result))
            advanceWriting()
        }

        /// Sends with a copy what cannot be sent without: the socket's kind knows none, or there is no memory to be pinned.
        private func goesOnOtherwise(_ waiting: WaitingOperation, _ result: Int32) -> Bool {
            switch -result {
            case EOPNOTSUPP, EINVAL, ENOMEM, ENOBUFS: own.refusesZeroCopy = true
            // Somebody who shares the conversation has made it non-blocking: then no request waits.
            case EAGAIN: own.refusesZeroCopy = true
            default: return false
            }
            rest.writing.putBack(waiting)
            advanceWriting()
            return true
        }

        /// All was sent, and there is nothing to cancel. A peer that acknowledges nothing must not keep a socket from being closed: its
        /// connection is reset, which frees the memory.
        func awaitRelease(_ request: RingRequest, _ token: Token, after pause: Int64) {
            if own.isCancelled, pause >= Self.patience { calls.reset(descriptor) }
            request.reminder = thread.startRetry(token, at: self, after: min(2 * pause, Self.patience))
        }
    }
#endif
