import Glibc
import SocketModel

/// What the C library makes of addresses: the second opinion.
enum LibC {
    /// `inet_pton(3)`: the bytes in network order, nil when it refuses the text.
    static func parse(_ text: String, _ family: AddressFamily) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: family == .ipv4 ? 4 : 16)
        return unsafe inet_pton(Int32(family.rawValue), text, &bytes) == 1 ? bytes : nil
    }

    /// `inet_aton(3)`, as `parse` does.
    static func parseClassic(_ text: String) -> [UInt8]? {
        var address = in_addr()
        guard unsafe inet_aton(text, &address) != 0 else { return nil }
        return unsafe withUnsafeBytes(of: &address) { unsafe Array($0) }
    }

    /// `inet_ntop(3)`.
    static func print(_ bytes: [UInt8], _ family: AddressFamily) -> String {
        var text = [CChar](repeating: 0, count: 64)
        _ = unsafe inet_ntop(Int32(family.rawValue), bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// `getnameinfo(3)` for numbers: host and service; nil when it refuses the bytes.
    static func numbers(of bytes: [UInt8]) -> (host: String, service: String)? {
        var storage = sockaddr_storage()
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.copyBytes(from: bytes.prefix($0.count)) }
        var (host, service) = ([CChar](repeating: 0, count: 256), [CChar](repeating: 0, count: 32))
        let status = unsafe withUnsafePointer(to: &storage) { pointer in
            unsafe getnameinfo(
                UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count), &host,
                socklen_t(host.count), &service, socklen_t(service.count), NI_NUMERICHOST | NI_NUMERICSERV)
        }
        func text(_ bytes: [CChar]) -> String {
            String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        return status == 0 ? (text(host), text(service)) : nil
    }

    /// Where `CMSG_NXTHDR(3)` finds headers: their levels and types. It leaves out a last one that is cut short.
    static func controlHeaders(in bytes: [UInt8]) -> [(level: Int32, type: Int32)] {
        let size = MemoryLayout<cmsghdr>.size
        guard bytes.count >= size else { return [] }
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: bytes.count, alignment: MemoryLayout<cmsghdr>.alignment)
        defer { unsafe memory.deallocate() }
        unsafe memory.copyBytes(from: bytes)
        var message = unsafe msghdr()
        unsafe message.msg_control = memory.baseAddress
        unsafe message.msg_controllen = bytes.count
        var found: [(Int32, Int32)] = []
        var next = unsafe memory.baseAddress?.assumingMemoryBound(to: cmsghdr.self)
        while let header = unsafe next, unsafe header.pointee.cmsg_len >= size {
            found.append(unsafe (header.pointee.cmsg_level, header.pointee.cmsg_type))
            unsafe next = __cmsg_nxthdr(&message, header)
        }
        return found
    }
}
