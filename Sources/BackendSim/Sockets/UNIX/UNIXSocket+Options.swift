internal import SocketModel

// Options that are more than stored values.
extension UNIXSocket {
    /// `SO_PEERCRED`, `SO_ACCEPTCONN`; nil for any other option.
    func ownOption(_ name: Int32, _ length: Int) throws(Errno) -> OptionBytes? {
        switch name {
        case SocketOption<PeerCredentials>.socket.peerCredentials.name:
            let credentials = peerCredentials ?? PeerCredentials(processID: 0, userID: .max, groupID: .max)
            guard let bytes = try? credentials.optionBytes() else { throw .invalidArgument }
            return length < bytes.count ? OptionBytes(bytes.prefix(max(0, length))) : bytes
        case SocketOption<Bool>.socket.isListening.name: return OptionBytes(integer: Int32(state == .listening ? 1 : 0))
        default: return nil
        }
    }
}

extension SocketOptionTable {
    /// `SO_PASSCRED`.
    var passesCredentials: Bool {
        get { (self[.socket, 16]?.load(Int32.self, at: 0) ?? 0) != 0 }
        set { self[.socket, 16] = OptionBytes(integer: Int32(newValue ? 1 : 0)) }
    }

    /// Not `SO_PASSRIGHTS`.
    var refusesRights: Bool {
        get { self[.socket, 83]?.load(Int32.self, at: 0) == 0 }
        set { self[.socket, 83] = OptionBytes(integer: Int32(newValue ? 0 : 1)) }
    }
}

extension HostKernel {
    /// Who all programs of the host are: one process, since they share its descriptors, and a user without privileges.
    var credentials: PeerCredentials { PeerCredentials(processID: processID, userID: 1000, groupID: 1000) }
}
