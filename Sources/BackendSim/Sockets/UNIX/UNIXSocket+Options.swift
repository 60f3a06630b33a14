internal import SocketModel

// Options that are more than stored values.
extension UNIXSocket {
    /// `SO_PEERCRED`, `SO_ACCEPTCONN`; nil for any other option.
    func ownOption(_ key: OptionKey, _ length: Int) throws(Errno) -> OptionBytes? {
        switch key {
        case .peerCredentials:
            let credentials = peerCredentials ?? PeerCredentials(processID: 0, userID: .max, groupID: .max)
            guard let bytes = try? credentials.optionBytes() else { throw .invalidArgument }
            return length < bytes.count ? OptionBytes(bytes.prefix(max(0, length))) : bytes
        case .isListening: return OptionBytes(integer: Int32(state == .listening ? 1 : 0))
        default: return nil
        }
    }
}

extension HostKernel {
    /// Who all programs of the host are: one process, since they share its descriptors, and a user without privileges.
    var credentials: PeerCredentials { PeerCredentials(processID: processID, userID: 1000, groupID: 1000) }
}
