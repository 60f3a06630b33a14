internal import CPOSIX
internal import SocketModel

/// The memory of one `msghdr`: its vectors, its address and its control bytes, alive for the length of a call.
@unsafe struct MessageFrame {
    var header: msghdr
    let address: UnsafeMutableRawBufferPointer
    let control: UnsafeMutableRawBufferPointer

    init(
        vectors: UnsafeMutableBufferPointer<iovec>, address: UnsafeMutableRawBufferPointer,
        control: UnsafeMutableRawBufferPointer
    ) {
        unsafe self.address = address
        unsafe self.control = control
        unsafe header = msghdr()
        unsafe header.msg_iov = vectors.baseAddress
        unsafe header.msg_iovlen = vectors.count
    }

    /// Prepares to send to an address, with control messages.
    mutating func load(_ message: Operation.MessageHeader) throws(Failure) {
        if let receiver = message.address {
            let zone = try Addressing.zoneIndex(of: receiver)
            guard let length = unsafe SocketAddressCoding.encode(receiver, zoneIndex: zone, into: address) else {
                throw .system(EINVAL)
            }
            unsafe header.msg_name = address.baseAddress
            unsafe header.msg_namelen = socklen_t(length)
        }
        guard !message.control.isEmpty else { return }
        do throws(ControlMessageError) {
            let length = try unsafe ControlMessage.encode(message.control, into: control)
            unsafe header.msg_control = control.baseAddress
            unsafe header.msg_controllen = length
        } catch {
            throw Failure(cause: .control(error))
        }
    }

    /// Prepares to receive, with room for a sender and for control messages.
    mutating func clear() {
        unsafe header.msg_name = address.baseAddress
        unsafe header.msg_namelen = socklen_t(address.count)
        unsafe header.msg_control = control.baseAddress
        unsafe header.msg_controllen = control.count
    }

    /// What the kernel has written after receiving `count` bytes into this header.
    func info(_ header: msghdr, count: Int) -> MessageInfo {
        // The kernel repeats the flag that asks for close-on-exec: no news of the message.
        let flags = MessageFlags(rawValue: unsafe header.msg_flags).subtracting(.controlCloseOnExec)
        let length = Int(unsafe header.msg_namelen)
        var info = MessageInfo(count: count, flags: flags)
        if length > 0 {
            info.sender = unsafe SocketAddressCoding.decode(UnsafeRawBufferPointer(address), length: length)
        }
        let used = unsafe min(header.msg_controllen, control.count)
        if used > 0 {
            let found = unsafe ControlMessage.decode(UnsafeRawBufferPointer(rebasing: control[..<used]))
            info.control = found.messages
            if found.isTruncated { info.flags.insert(.controlTruncated) }
        }
        return info
    }
}

extension OperationMemory {
    /// How many runs of bytes there are.
    var runs: Int {
        switch unsafe self {
        case .none, .lent: 0
        case .one: 1
        case .several(let buffers): buffers.count
        }
    }

    /// Calls `body` with the runs as the kernel's vectors.
    func withVectors<R>(_ body: (UnsafeMutableBufferPointer<iovec>) -> R) -> R {
        unsafe withUnsafeTemporaryAllocation(of: iovec.self, capacity: runs) { vectors in
            switch unsafe self {
            case .none, .lent: break
            case .one(let run): unsafe vectors.initializeElement(at: 0, to: iovec(run))
            case .several(let runs):
                for index in runs.indices { unsafe vectors.initializeElement(at: index, to: iovec(runs[index])) }
            }
            return unsafe body(vectors)
        }
    }
}

extension iovec {
    init(_ run: UnsafeMutableRawBufferPointer) { unsafe self.init(iov_base: run.baseAddress, iov_len: run.count) }
}
