internal import CPOSIX
internal import SocketModel

extension SystemNames {
    /// `gethostname(2)`.
    static func hostName() throws(Failure) -> String {
        let capacity = 257
        let memory = UnsafeMutablePointer<CChar>.allocate(capacity: capacity)
        defer { unsafe memory.deallocate() }
        unsafe memory.initialize(repeating: 0, count: capacity)
        guard unsafe gethostname(memory, capacity - 1) == 0 else { throw .lastErrno }
        return unsafe String(cString: memory)
    }

    /// `if_nameindex(3)`.
    static func interfaces() throws(Failure) -> [NetworkInterface] {
        guard let list = unsafe if_nameindex() else { throw .lastErrno }
        defer { unsafe if_freenameindex(list) }
        var found: [NetworkInterface] = []
        var next = unsafe list
        while unsafe next.pointee.if_index != 0, let name = unsafe next.pointee.if_name {
            found.append(NetworkInterface(index: unsafe next.pointee.if_index, name: unsafe String(cString: name)))
            unsafe next += 1
        }
        return found
    }

    /// `if_nametoindex(3)`.
    static func index(ofInterface name: String) throws(Failure) -> Int {
        let index = unsafe if_nametoindex(name)
        guard index != 0 else { throw .lastErrno }
        return Int(index)
    }

    /// `if_indextoname(3)`.
    static func nameOfInterface(_ index: UInt32) throws(Failure) -> String {
        let memory = UnsafeMutablePointer<CChar>.allocate(capacity: Int(IF_NAMESIZE))
        defer { unsafe memory.deallocate() }
        guard let name = unsafe if_indextoname(index, memory) else { throw .lastErrno }
        return unsafe String(cString: name)
    }
}
