internal import CPOSIX
internal import SocketModel

/// Between the model's addresses and the kernel's `sockaddr`, at the very edge: zones get their numbers here.
enum Addressing {
    static let capacity = SocketAddressCoding.capacity

    /// Calls `body` with the address as `sockaddr` bytes.
    static func withEncoded<R>(
        _ address: SocketAddress, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) throws(Failure) -> R {
        let zone = try zoneIndex(of: address)
        let result: Result<R, Failure> = unsafe withUnsafeTemporaryAllocation(
            byteCount: capacity, alignment: MemoryLayout<sockaddr_storage>.alignment
        ) { buffer in
            guard let length = unsafe SocketAddressCoding.encode(address, zoneIndex: zone, into: buffer),
                let base = buffer.baseAddress
            else { return .failure(.system(EINVAL)) }
            return unsafe .success(body(base.assumingMemoryBound(to: sockaddr.self), socklen_t(length)))
        }
        return try result.get()
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
