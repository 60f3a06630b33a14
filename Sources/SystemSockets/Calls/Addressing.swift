internal import CPOSIX
package import SocketModel

/// Between the model's addresses and the kernel's `sockaddr`, at the very edge: zones get their numbers here.
package enum Addressing {
    static let capacity = SocketAddressCoding.capacity

    /// Writes the address as `sockaddr` bytes, and returns how many.
    package static func encode(
        _ address: SocketAddress, into buffer: UnsafeMutableRawBufferPointer
    ) throws(Failure) -> Int {
        let zone = try zoneIndex(of: address)
        guard let length = unsafe SocketAddressCoding.encode(address, zoneIndex: zone, into: buffer) else {
            throw .system(EINVAL)
        }
        return length
    }

    /// Calls `body` with the address as `sockaddr` bytes.
    static func withEncoded<R>(
        _ address: SocketAddress, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) throws(Failure) -> R {
        try unsafe withUnsafeTemporaryAllocation(
            byteCount: capacity, alignment: MemoryLayout<sockaddr_storage>.alignment
        ) { buffer -> Result<R, Failure> in
            Result { () throws(Failure) in
                let length = try unsafe encode(address, into: buffer)
                // The C library reads a UNIX path to its first zero, whatever the length says.
                if length < buffer.count { unsafe buffer[length] = 0 }
                return unsafe body(
                    buffer.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: sockaddr.self), socklen_t(length))
            }
        }.get()
    }

    /// Calls `body` with room for an address and returns its result, with the address the kernel wrote there if it is not negative.
    static func withRoom(
        _ body: (UnsafeMutablePointer<sockaddr>?, inout socklen_t) -> Int32
    ) -> (Int32, SocketAddress) {
        unsafe withUnsafeTemporaryAllocation(
            byteCount: capacity, alignment: MemoryLayout<sockaddr_storage>.alignment
        ) { buffer in
            var length = socklen_t(capacity)
            let result = unsafe body(buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
            guard result >= 0 else { return (result, .unspecified) }
            return (result, unsafe SocketAddressCoding.decode(UnsafeRawBufferPointer(buffer), length: Int(length)))
        }
    }

    /// The number of the address's zone; 0 where it has none.
    static func zoneIndex(of address: SocketAddress) throws(Failure) -> UInt32 {
        guard case .ipv6(_, _, _, let zone) = address, let zone else { return 0 }
        switch zone {
        case .index(let index): return index
        case .name(let name):
            let index = unsafe if_nametoindex(name.description)
            guard index != 0 else {
                throw Failure(.notFound, detail: "no interface is called \(name)")
            }
            return index
        }
    }
}
