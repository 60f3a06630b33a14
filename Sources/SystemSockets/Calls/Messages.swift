internal import CPOSIX
package import SocketModel
internal import Synchronization

extension SystemCalls {
    func sendMessage(
        _ descriptor: Int32, _ memory: OperationMemory, to address: SocketAddress?, _ control: [ControlMessage],
        _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        let deadline = flags.contains(.doNotWait) ? .distantPast : deadline
        let head = Operation.MessageHeader(address: address, control: control)
        let room = head.controlLength
        return unsafe withFrame(memory, controlCapacity: room) { frame, vectors in
            do throws(Failure) {
                try unsafe frame.load(head)
            } catch {
                return .failure(error)
            }
            return unsafe sendAll(descriptor, &frame.header, vectors, to: address, flags, deadline)
        }
    }

    /// As ``send(_:_:_:_:)``: with no deadline until a stream has taken all; control messages go with the first bytes.
    private func sendAll(
        _ descriptor: Int32, _ header: inout msghdr, _ vectors: UnsafeMutableBufferPointer<iovec>,
        to address: SocketAddress?,
        _ flags: MessageFlags, _ deadline: NetworkInstant
    ) -> Completion {
        var tries = Tries()
        let total = unsafe vectors.reduce(0) { unsafe $0 &+ $1.iov_len }
        var sent = 0
        while true {
            let count = unsafe sendmsg(descriptor, &header, flags.rawValue | Self.sendFlags)
            if count >= 0 {
                sent += count
                tries = Tries()
                if sent >= total || deadline != .distantFuture { return Completion(.count(sent)) }
                unsafe header.advance(past: count)
            } else if let failure = waitToSend(descriptor, to: address, &tries, deadline) {
                return sent > 0 ? Completion(.count(sent)) : .failure(failure)
            }
        }
    }

    func receiveMessage(
        _ descriptor: Int32, _ memory: OperationMemory, controlCapacity: Int, _ flags: MessageFlags,
        _ deadline: NetworkInstant
    ) -> Completion {
        do throws(Failure) { try OperationBounds.checkControl(controlCapacity) } catch { return .failure(error) }
        if case .lent = unsafe memory {
            return unsafe receiveLentMessage(descriptor, memory, controlCapacity: controlCapacity, flags, deadline)
        }
        if flags.contains(.outOfBand) { takesUrgentBytes.store(true, ordering: .relaxed) }
        let deadline = Self.patience(flags, deadline)
        var kernelFlags = flags.rawValue | Self.receiveFlags
        return unsafe withFrame(memory, controlCapacity: controlCapacity) { frame, _ in
            var tries = Tries()
            while true {
                unsafe frame.clear()
                let count = unsafe recvmsg(descriptor, &frame.header, kernelFlags)
                if count >= 0 {
                    var info = unsafe frame.info(frame.header, count: count)
                    if count > 0, flags.contains(.waitForAll), !flags.contains(.peek), isStream(descriptor) {
                        unsafe frame.header.advance(past: count)
                        info.count += unsafe receiveRest(descriptor, &frame.header, kernelFlags, deadline)
                    }
                    return Completion(.message(info), flags: info.flags)
                }
                if isRefused(&kernelFlags, by: descriptor) { continue }
                switch afterInputError(descriptor, &tries, deadline) {
                case .again: continue
                case .ended: return Completion(.message(MessageInfo(count: 0)))
                case .failed(let failure): return .failure(failure)
                }
            }
        }
    }

    private func receiveLentMessage(
        _ descriptor: Int32, _ memory: OperationMemory, controlCapacity: Int, _ flags: MessageFlags,
        _ deadline: NetworkInstant
    ) -> Completion {
        unsafe withBorrowedRoom(memory) { room in
            let completion = unsafe receiveMessage(
                descriptor, .one(room), controlCapacity: controlCapacity, flags, deadline)
            return completion.lending { unsafe Chunk(Array(room.prefix($0))) }
        }
    }

    /// `MSG_WAITALL`: what is still missing. The end, an error, or bytes that come with a control message end it; an error waits for
    /// the next call.
    private func receiveRest(
        _ descriptor: Int32, _ header: inout msghdr, _ flags: Int32, _ deadline: NetworkInstant
    ) -> Int {
        unsafe header.msg_name = nil
        var received = 0
        var tries = Tries()
        while unsafe header.msg_iovlen > 0 {
            let count = unsafe recvmsg(descriptor, &header, flags)
            if count == 0 { break }
            if count > 0 {
                received += count
                tries = Tries()
                unsafe header.advance(past: count)
            } else {
                guard case .again = afterInputError(descriptor, &tries, deadline) else { break }
            }
        }
        return received
    }

    /// What every receive of messages adds: it is tried without waiting, and received descriptors are close-on-exec.
    static var receiveFlags: Int32 { MessageFlags([.doNotWait, .controlCloseOnExec]).rawValue }

    /// Whether that was too much, right after a receive that failed: packet sockets know of no descriptors, and refuse what concerns them. The flags
    /// are then as they take them.
    func isRefused(_ flags: inout Int32, by descriptor: Int32) -> Bool {
        let closeOnExec = MessageFlags.controlCloseOnExec.rawValue
        guard errno == EINVAL, flags & closeOnExec != 0,
            integerOption(descriptor, SO_DOMAIN) == AddressFamily.packet.rawValue
        else { return false }
        flags &= ~closeOnExec
        return true
    }

    private func withFrame(
        _ memory: OperationMemory, controlCapacity: Int,
        _ body: (inout MessageFrame, UnsafeMutableBufferPointer<iovec>) -> Completion
    ) -> Completion {
        unsafe memory.withVectors { vectors in
            unsafe withUnsafeTemporaryAllocation(byteCount: Addressing.capacity, alignment: 8) { address in
                unsafe withUnsafeTemporaryAllocation(byteCount: controlCapacity, alignment: 8) { control in
                    var frame = unsafe MessageFrame(vectors: vectors, address: address, control: control)
                    return unsafe body(&frame, vectors)
                }
            }
        }
    }
}

extension Operation.MessageHeader {
    /// How many bytes its control messages take; nearly always there are none.
    var controlLength: Int { control.isEmpty ? 0 : ControlMessage.encodedLength(of: control) }
}

extension msghdr {
    /// Forgets the first `count` bytes, the empty runs behind them, and the control messages that went with them.
    fileprivate mutating func advance(past count: Int) {
        unsafe msg_control = nil
        unsafe msg_controllen = 0
        var left = count
        while unsafe msg_iovlen > 0, let vector = unsafe msg_iov {
            let length = unsafe vector.pointee.iov_len
            if left < length {
                unsafe vector.pointee = iovec(iov_base: vector.pointee.iov_base + left, iov_len: length - left)
                return
            }
            left -= length
            unsafe msg_iov = vector + 1
            unsafe msg_iovlen -= 1
        }
    }
}

extension Completion {
    /// This completion, with the received message's bytes.
    package func lending(_ chunk: (Int) -> Chunk) -> Completion {
        guard case .message(var info) = outcome else { return self }
        info.lent = chunk(info.count)
        return Completion(.message(info), flags: flags)
    }
}
