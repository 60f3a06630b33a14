#if URing
    internal import SocketModel
    internal import SystemSockets

    // One datagram at a time, by system calls that are tried at once.
    extension URingRegistration {
        func attemptReceiveFrom(on socket: SocketHandle, lending maximum: Int) -> PlainAttempt<ReceivedDatagram> {
            guard thread.isCurrent else {
                let operation = Operation(.receiveMessage(controlCapacity: 0, []), on: socket)
                return unsafe PlainAttempt(receive: attempt(operation, memory: .lent(maximum: maximum)))
            }
            guard thread.takeTurn(), !own.hasReaders else { return .waiting }
            return loop.lender.receiveDatagram(maximum, on: descriptor)
        }

        func attemptSend(
            _ bytes: UnsafeRawBufferPointer, to address: SocketAddress, on socket: SocketHandle
        ) -> PlainAttempt<Int> {
            let isOwn = thread.isCurrent
            guard isOwn ? thread.takeTurn() : ExecutorThread.takeTurnElsewhere() else { return .waiting }
            if isOwn, own.hasWriters { return .waiting }
            return unsafe PlainAttempt(sending: bytes, to: address, on: descriptor)
        }
    }
#endif
