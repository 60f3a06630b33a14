#if URing
    internal import SocketModel
    internal import SystemSockets

    /// A request that the kernel has, until its final completion; for so long it keeps its socket's registration, and its memory.
    final class RingRequest {
        enum Purpose {
            /// Receives again and again, ahead of whoever asks.
            case stream
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

        @inline(__always)
        func complete(_ result: Int32, _ flags: UInt32) {
            if case .stream = purpose {
                registration.received(result, flags)
            } else {
                registration.completed(self, result)
            }
        }
    }

    /// Which of a socket's queues an operation waits in.
    enum Direction {
        case reading, writing
    }
#endif
