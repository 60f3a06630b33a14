#if URing
    internal import CPOSIX
    internal import SocketModel
    internal import SystemSockets

    /// Room for one address that a request reads or fills, alive until the request's final completion.
    ///
    /// Sendable without check: the request's alone.
    @safe final class AddressMemory: @unchecked Sendable {
        let address: UnsafeMutablePointer<sockaddr_storage>
        let length: UnsafeMutablePointer<socklen_t>

        /// Room for an address that is to come.
        init() {
            unsafe address = .allocate(capacity: 1)
            unsafe length = .allocate(capacity: 1)
            unsafe address.initialize(to: sockaddr_storage())
            unsafe length.initialize(to: 0)
            reset()
        }

        /// Makes room for the next address.
        @discardableResult func reset() -> AddressMemory {
            unsafe length.pointee = socklen_t(MemoryLayout<sockaddr_storage>.size)
            return self
        }

        /// Room that holds an address.
        convenience init(_ value: SocketAddress) throws(Failure) {
            self.init()
            let bytes = unsafe UnsafeMutableRawBufferPointer(start: address, count: MemoryLayout<sockaddr_storage>.size)
            unsafe length.pointee = socklen_t(try Addressing.encode(value, into: bytes))
        }

        deinit {
            unsafe address.deallocate()
            unsafe length.deallocate()
        }

        /// The address as C's functions take it.
        var pointer: UnsafeMutablePointer<sockaddr> {
            unsafe UnsafeMutableRawPointer(address).assumingMemoryBound(to: sockaddr.self)
        }

        /// The address that has come.
        var value: SocketAddress {
            let count = unsafe min(Int(length.pointee), MemoryLayout<sockaddr_storage>.size)
            return unsafe SocketAddressCoding.decode(
                UnsafeRawBufferPointer(start: address, count: MemoryLayout<sockaddr_storage>.size), length: count)
        }
    }
#endif
