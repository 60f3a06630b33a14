internal import CPOSIX
internal import Locks
package import SocketModel
package import Synchronization

/// Carries out operations with system calls of this process's kernel. Each is tried first; where the kernel would block, the calling
/// thread waits by the means of whoever made this, and tries again.
///
/// Every descriptor it opens is close-on-exec. With a deadline in the past nothing waits, on no thread: that is how an executor tries.
package final class SystemCalls: Sendable {
    /// Whether the kernel itself may wait on the descriptors: what a backend's own way of waiting demands.
    package enum Mode: Sendable { case blocking, nonBlocking }

    let waiter: any Waiter
    let mode: Mode
    /// The modes of descriptors taken over, to be given back so.
    let modes = Lock(SharedModes())

    /// Whether any urgent byte has been asked for. One that was taken before an executor was told of it still marks its place in the
    /// stream, where receives end although more is there: from then on no short receive shows that nothing is left.
    package let takesUrgentBytes = Atomic<Bool>(false)

    /// Whether the half to receive has ever been shut of a socket where that has to be asked for.
    let shutsInput = Atomic<Bool>(false)

    /// System calls on descriptors of that mode, whose callers wait with `waiter`.
    package init(_ mode: Mode, waiter: any Waiter) {
        self.mode = mode
        self.waiter = waiter
    }

    /// Carries out an operation; on a ``Mode/blocking`` descriptor all but `accept`, `connect` and `sendFile`, which the kernel would
    /// wait for.
    package func execute(_ operation: borrowing Operation, memory: OperationMemory) -> Completion {
        // The two that matter most pass by the jump table: after a system call the processor has forgotten where it leads.
        if case .receive(let flags) = operation.action {
            return unsafe receive(operation.socket.rawValue, memory, flags, operation.deadline)
        }
        if case .send(let flags) = operation.action {
            return unsafe send(operation.socket.rawValue, memory, flags, operation.deadline)
        }
        return unsafe dispatch(operation, memory)
    }

    @inline(never)
    private func dispatch(_ operation: borrowing Operation, _ memory: OperationMemory) -> Completion {
        let descriptor = operation.socket.rawValue
        let deadline = operation.deadline
        switch operation.action {
        case .send(let flags): return unsafe send(descriptor, memory, flags, deadline)
        case .receive(let flags): return unsafe receive(descriptor, memory, flags, deadline)
        case .sendMessage(let address, let control, let flags):
            return unsafe sendMessage(descriptor, memory, to: address, control, flags, deadline)
        case .receiveMessage(let capacity, let flags):
            return unsafe receiveMessage(descriptor, memory, controlCapacity: capacity, flags, deadline)
        case .sendBatch(let headers, let flags): return unsafe sendBatch(descriptor, memory, headers, flags, deadline)
        case .receiveBatch(let capacity, let flags):
            return unsafe receiveBatch(descriptor, memory, controlCapacity: capacity, flags, deadline)
        case .sendFile(let file, let offset, let count):
            return sendFile(descriptor, file: file, offset: offset, count: count, deadline)
        case .poll(let entries): return poll(entries, deadline)
        case .accept: return accept(descriptor, deadline)
        case .connect(let address): return connect(descriptor, address, deadline)
        case .open, .openPair, .adopt, .detach, .duplicate, .close, .descriptor:
            return manage(descriptor, operation.action)
        case .bind, .listen, .localAddress, .peerAddress, .shutdown, .getOption, .setOption:
            return configure(descriptor, operation.action)
        }
    }

    /// Carries out an operation if that needs no waiting; nil, and nothing has happened, if it does.
    package func attempt(_ operation: borrowing Operation, memory: OperationMemory) -> Completion? {
        let attempt = Operation(operation.action, on: operation.socket, deadline: .distantPast)
        return unsafe Self.unlessWaiting(execute(attempt, memory: memory)) ?? end(of: operation, memory)
    }

    /// As ``attempt(_:memory:)``, with what is received in memory of `lender`, whose thread calls.
    package func attempt(_ operation: borrowing Operation, lending maximum: Int, by lender: inout BufferLender)
        -> Completion?
    {
        let maximum = min(max(maximum, 0), BufferLender.longest)
        let room = unsafe lender.room(maximum, atLeast: maximum)
        guard var completion = unsafe attempt(operation, memory: .one(room)) else { return nil }
        switch completion.outcome {
        // A message's whole length may be told, of which only so much is there.
        case .count(let count): completion.outcome = .lent(lender.chunk(min(count, maximum)))
        case .message(var info):
            info.lent = lender.chunk(min(info.count, maximum))
            completion.outcome = .message(info)
        default: break
        }
        return completion
    }

    private static func unlessWaiting(_ completion: Completion) -> Completion? {
        switch completion.outcome {
        case .failure(let failure) where failure.code == .wouldBlock || failure.code == .inProgress: nil
        case .readiness(let events) where events.allSatisfy(\.isEmpty): nil
        default: completion
        }
    }
}
