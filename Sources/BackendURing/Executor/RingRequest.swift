#if URing
    internal import CURing
    internal import SocketModel
    internal import SystemSockets

    /// Whose a request is that the kernel has, until its final completion; for so long it keeps its socket's registration, and its memory.
    enum RequestOwner {
        /// It receives again and again, ahead of whoever asks.
        case stream(URingRegistration)
        case request(RingRequest)

        var registration: URingRegistration {
            switch self {
            case .stream(let registration): registration
            case .request(let request): request.registration
            }
        }

        @inline(__always)
        consuming func complete(_ result: Int32, _ flags: UInt32) {
            switch consume self {
            case .stream(let registration): registration.received(result, flags)
            case .request(let request): request.registration.completed(request, result, flags)
            }
        }
    }

    /// A request that is no stream of bytes.
    final class RingRequest {
        enum Purpose {
            /// Says, each time that changes, that the first operation that waits in that direction may be tried. Once it is made it stays: were it
            /// made anew for each wait, a socket that is ready for little, and asked for more, would never let its thread rest.
            case watch(Direction)
            /// Says when a poll may be answered.
            case poll(Token)
            /// Carries out an operation.
            case operation(WaitingOperation, AddressMemory)
            /// Carries out a send without a copy.
            case send(WaitingOperation)
        }

        let purpose: Purpose
        let registration: URingRegistration
        /// Why it was asked to end early.
        var ending: SocketError.Code?
        /// What it has come to, while the kernel still has its memory.
        var result: Int32?
        /// When it is asked again.
        var reminder: Timer?

        init(_ purpose: Purpose, of registration: URingRegistration) {
            self.purpose = purpose
            self.registration = registration
        }

        /// The operation it carries out, if it does.
        var waiting: WaitingOperation? {
            switch purpose {
            case .operation(let waiting, _), .send(let waiting): waiting
            case .watch, .poll: nil
            }
        }
    }

    /// Which of a socket's queues an operation waits in.
    enum Direction {
        case reading, writing
    }
#endif
