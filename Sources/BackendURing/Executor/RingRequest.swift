#if URing
    internal import SocketModel
    internal import SystemSockets

    /// Whose a request is that the kernel has, until its final completion; for so long it keeps its socket's registration, and its memory.
    enum RequestOwner {
        /// It receives again and again, ahead of whoever asks.
        case stream(URingRegistration)
        case request(RingRequest)

        @inline(__always)
        func complete(_ result: Int32, _ flags: UInt32) {
            switch self {
            case .stream(let registration): registration.received(result, flags)
            case .request(let request): request.complete(result)
            }
        }
    }

    /// A request of which there is one completion.
    final class RingRequest {
        enum Purpose {
            /// Says when the first operation that waits in that direction may be tried.
            case watch(Direction)
            /// Says when a poll may be answered.
            case poll(Token)
            /// Carries out an operation.
            case operation(WaitingOperation, AddressMemory)
        }

        let purpose: Purpose
        private let registration: URingRegistration
        /// Why it was asked to end early.
        var ending: SocketError.Code?

        init(_ purpose: Purpose, of registration: URingRegistration) {
            self.purpose = purpose
            self.registration = registration
        }

        func complete(_ result: Int32) { registration.completed(self, result) }
    }

    /// Which of a socket's queues an operation waits in.
    enum Direction {
        case reading, writing
    }
#endif
