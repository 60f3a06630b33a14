internal import CPOSIX
package import SocketModel

// One datagram, without an operation.

extension BufferLender {
    /// What comes of `recvfrom(2)` that does not wait, into memory lent here.
    package mutating func receiveDatagram(_ maximum: Int, on descriptor: Int32) -> PlainAttempt<ReceivedDatagram> {
        let maximum = min(max(maximum, 0), Self.longest)
        let room = unsafe room(maximum, atLeast: maximum)
        return unsafe Addressing.withTemporaryRoom { address in
            while true {
                var length = socklen_t(address.count)
                let count = unsafe recvfrom(
                    descriptor, room.baseAddress, room.count, MessageFlags.doNotWait.rawValue,
                    address.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
                if count >= 0 {
                    return .done(ReceivedDatagram(chunk(count), from: unsafe Addressing.sender(address, length)))
                }
                if let failed = PlainAttempt<ReceivedDatagram>.afterError { return failed }
            }
        }
    }
}

extension PlainAttempt<Int> {
    /// What comes of `sendto(2)` that does not wait.
    package init(sending bytes: UnsafeRawBufferPointer, to address: SocketAddress, on descriptor: Int32) {
        self = unsafe Addressing.withTemporaryRoom { room in
            do throws(Failure) {
                let length = try unsafe Addressing.encode(address, into: room)
                let pointer = unsafe room.baseAddress?.assumingMemoryBound(to: sockaddr.self)
                while true {
                    let count = unsafe sendto(
                        descriptor, bytes.baseAddress, bytes.count, SystemCalls.sendFlags, pointer, socklen_t(length))
                    if count >= 0 { return .done(count) }
                    if let failed = Self.afterError { return failed }
                }
            } catch {
                return .failed(error)
            }
        }
    }
}

extension PlainAttempt {
    /// What a call has come to that failed right before; nil if it is to be made again.
    fileprivate static var afterError: PlainAttempt? {
        switch errno {
        case EINTR: nil
        case EAGAIN: .waiting
        default: .failed(.lastErrno)
        }
    }
}

extension Addressing {
    /// Calls `body` with room on the stack for any address.
    fileprivate static func withTemporaryRoom<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
        unsafe withUnsafeTemporaryAllocation(
            byteCount: capacity, alignment: MemoryLayout<sockaddr_storage>.alignment, body)
    }

    /// The sender that the kernel has written; nil when it has written none.
    fileprivate static func sender(_ bytes: UnsafeMutableRawBufferPointer, _ length: socklen_t) -> SocketAddress? {
        length == 0 ? nil : unsafe SocketAddressCoding.decode(UnsafeRawBufferPointer(bytes), length: Int(length))
    }
}
