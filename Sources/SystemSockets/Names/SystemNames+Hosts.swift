internal import CPOSIX
internal import SocketModel

extension SystemNames {
    /// `gethostbyname_r(3)`, IPv4 only.
    static func host(named name: String) throws(Failure) -> HostEntry {
        try unsafe host { entry, memory, size, found, number in
            unsafe gethostbyname_r(name, entry, memory, size, found, number)
        }
    }

    /// `gethostbyaddr_r(3)`.
    static func host(at address: IPAddress) throws(Failure) -> HostEntry {
        let bytes = address.packed
        return try unsafe host { entry, memory, size, found, number in
            unsafe gethostbyaddr_r(
                bytes, socklen_t(bytes.count), Int32(address.family.rawValue), entry, memory, size, found, number)
        }
    }

    private typealias Found = UnsafeMutablePointer<UnsafeMutablePointer<hostent>?>

    private static func host(
        _ call: (
            UnsafeMutablePointer<hostent>, UnsafeMutablePointer<CChar>, Int, Found, UnsafeMutablePointer<Int32>
        ) -> Int32
    ) throws(Failure) -> HostEntry {
        var number: Int32 = 0
        let (status, host) = unsafe withGrowingMemory { memory, size -> (Int32, HostEntry?) in
            var entry = unsafe hostent()
            var found: UnsafeMutablePointer<hostent>?
            let status = unsafe call(&entry, memory, size, &found, &number)
            return (status, unsafe found.map { unsafe hostEntry($0.pointee) })
        }
        if let host { return host }
        throw status != 0 && number == -1
            ? Failure(errno: Errno(rawValue: status)) : Failure(cause: .host(HostError(rawValue: number)))
    }

    private static func hostEntry(_ entry: hostent) -> HostEntry {
        let family = AddressFamily(rawValue: UInt16(truncatingIfNeeded: unsafe entry.h_addrtype))
        let addresses = unsafe list(entry.h_addr_list).compactMap { pointer -> IPAddress? in
            let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: Int(entry.h_length))
            return unsafe try? IPAddress(packed: bytes, family: family)
        }
        return HostEntry(
            name: unsafe entry.h_name.map { unsafe String(cString: $0) } ?? "",
            aliases: unsafe list(entry.h_aliases).map { unsafe String(cString: $0) }, addresses: addresses)
    }

    private static func list(
        _ pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> [UnsafeMutablePointer<CChar>] {
        var items: [UnsafeMutablePointer<CChar>] = unsafe []
        var next = unsafe pointers
        while let item = unsafe next?.pointee {
            unsafe items.append(item)
            unsafe next = next.map { unsafe $0 + 1 }
        }
        return unsafe items
    }
}
