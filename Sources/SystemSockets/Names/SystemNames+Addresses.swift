internal import CPOSIX
internal import SocketModel

extension SystemNames {
    /// `getaddrinfo(3)`.
    static func addresses(_ query: AddressQuery) throws(Failure) -> [AddressInfo] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = Int32(query.family.rawValue)
        unsafe hints.ai_socktype = query.type?.rawValue ?? 0
        unsafe hints.ai_protocol = query.protocol.rawValue
        unsafe hints.ai_flags = query.flags.rawValue
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe withOptionalCString(query.host) { host in
            unsafe withOptionalCString(query.service) { service in
                unsafe cposix_getaddrinfo(host, service, &hints, &list)
            }
        }
        try check(status)
        defer { unsafe freeaddrinfo(list) }
        var found: [AddressInfo] = []
        var next = unsafe list
        while let entry = unsafe next?.pointee {
            if let info = unsafe addressInfo(entry) { found.append(info) }
            unsafe next = entry.ai_next
        }
        return found
    }

    private static func addressInfo(_ entry: addrinfo) -> AddressInfo? {
        guard let address = unsafe entry.ai_addr else { return nil }
        let length = Int(unsafe entry.ai_addrlen)
        let bytes = unsafe UnsafeRawBufferPointer(start: address, count: length)
        return AddressInfo(
            family: AddressFamily(rawValue: UInt16(truncatingIfNeeded: unsafe entry.ai_family)),
            type: SocketType(rawValue: unsafe entry.ai_socktype),
            protocol: IPProtocol(rawValue: unsafe entry.ai_protocol),
            canonicalName: unsafe entry.ai_canonname.map { unsafe String(cString: $0) },
            address: unsafe SocketAddressCoding.decode(bytes, length: length))
    }

    /// `getnameinfo(3)`.
    static func name(of address: SocketAddress, _ flags: NameInfoFlags) throws(Failure) -> NameAnswer {
        let (hostCapacity, serviceCapacity) = (NameInfoLimits.host, NameInfoLimits.service)
        let memory = UnsafeMutablePointer<CChar>.allocate(capacity: hostCapacity + serviceCapacity)
        defer { unsafe memory.deallocate() }
        unsafe memory.initialize(repeating: 0, count: hostCapacity + serviceCapacity)
        let service = unsafe memory + hostCapacity
        let status = try unsafe Addressing.withEncoded(address) { bytes, length in
            unsafe cposix_getnameinfo(
                bytes, length, memory, socklen_t(hostCapacity), service, socklen_t(serviceCapacity), flags.rawValue)
        }
        try check(status)
        return unsafe .name(host: String(cString: memory), service: String(cString: service))
    }

    private static func check(_ status: Int32) throws(Failure) {
        guard status != 0 else { return }
        let system = status == EAI_SYSTEM ? Errno(rawValue: errno) : nil
        throw Failure(cause: .resolution(ResolutionError(rawValue: status, errno: system)))
    }
}
