internal import CPOSIX
package import SocketModel

/// The C library's name service, through its thread-safe functions only.
package enum SystemNames {
    package static func answer(_ query: NameQuery) throws(Failure) -> NameAnswer {
        try query.refuseNUL()
        switch query {
        case .addresses(let query): return .addresses(try addresses(query))
        case .name(let address, let flags): return try name(of: address, flags)
        case .hostByName(let name): return .host(try host(named: name))
        case .hostByAddress(let address): return .host(try host(at: address))
        case .protocolByName(let name): return .number(try protocolNumber(name))
        case .serviceByName(let name, let transport): return .number(try port(of: name, transport))
        case .serviceByPort(let port, let transport): return .text(try service(at: port, transport))
        case .hostName: return .text(try hostName())
        case .interfaces: return .interfaces(try interfaces())
        case .interfaceIndex(let name): return .number(try index(ofInterface: name))
        case .interfaceName(let index): return .text(try nameOfInterface(index))
        }
    }

    /// Calls one of C's `_r` functions with memory that grows, up to 1 MiB, while the function answers `ERANGE`.
    static func withGrowingMemory<R>(
        _ call: (UnsafeMutablePointer<CChar>, Int) -> (Int32, R)
    ) -> (Int32, R) {
        var size = 1024
        while true {
            let memory = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            defer { unsafe memory.deallocate() }
            let (status, result) = unsafe call(memory, size)
            if status != ERANGE || size >= 1 << 20 { return (status, result) }
            size *= 4
        }
    }

    /// Calls `body` with the text as C reads it; without one, with a null pointer.
    static func withOptionalCString<R>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> R) -> R {
        guard let text else { return body(nil) }
        return unsafe text.withCString { unsafe body($0) }
    }
}
