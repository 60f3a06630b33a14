internal import SocketModel

/// A UNIX socket, of any type, with the rules of Linux's `unix(7)`.
final class UNIXSocket: SimulatedSocket {
    static func make(_ kernel: HostKernel, _ type: SocketType, _ number: IPProtocol) throws(Errno) -> UNIXSocket {
        throw .addressFamilyNotSupported
    }

    func pair(with other: UNIXSocket) {}
}
