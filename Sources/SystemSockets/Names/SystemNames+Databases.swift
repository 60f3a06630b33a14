internal import CPOSIX
internal import SocketModel

extension SystemNames {
    /// `getprotobyname_r(3)`.
    static func protocolNumber(_ name: String) throws(Failure) -> Int {
        let (_, number) = unsafe withGrowingMemory { memory, size -> (Int32, Int?) in
            var entry = unsafe protoent()
            var found: UnsafeMutablePointer<protoent>?
            let status = unsafe getprotobyname_r(name, &entry, memory, size, &found)
            return (status, unsafe found.map { Int(unsafe $0.pointee.p_proto) })
        }
        guard let number else { throw Failure(.notFound, detail: "protocol not found") }
        return number
    }

    /// `getservbyname_r(3)`.
    static func port(of name: String, _ transport: String?) throws(Failure) -> Int {
        let (_, port) = unsafe withService { entry, memory, size, found in
            unsafe withOptionalCString(transport) {
                unsafe getservbyname_r(name, $0, entry, memory, size, found)
            }
        } read: { entry in
            Int(UInt16(bigEndian: UInt16(truncatingIfNeeded: unsafe entry.s_port)))
        }
        guard let port else { throw Failure(.notFound, detail: "service not found") }
        return port
    }

    /// `getservbyport_r(3)`.
    static func service(at port: UInt16, _ transport: String?) throws(Failure) -> String {
        let (_, name) = unsafe withService { entry, memory, size, found in
            unsafe withOptionalCString(transport) {
                unsafe getservbyport_r(Int32(port.bigEndian), $0, entry, memory, size, found)
            }
        } read: { entry in
            unsafe String(cString: entry.s_name)
        }
        guard let name else { throw Failure(.notFound, detail: "port has no service name") }
        return name
    }

    private static func withService<R>(
        _ call: (
            UnsafeMutablePointer<servent>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<servent>?>
        ) -> Int32,
        read: (servent) -> R
    ) -> (Int32, R?) {
        unsafe withGrowingMemory { memory, size -> (Int32, R?) in
            var entry = unsafe servent()
            var found: UnsafeMutablePointer<servent>?
            let status = unsafe call(&entry, memory, size, &found)
            return (status, unsafe found.map { unsafe read($0.pointee) })
        }
    }
}
