/// Who is at the other end of a UNIX socket: `struct ucred`, the value of `SO_PEERCRED` and of `SCM_CREDENTIALS`.
public struct PeerCredentials: SocketOptionValue, Codable {
    /// The process, seen from the reader's PID namespace; 0 when it is not visible there.
    public let processID: Int32
    /// The effective user; 4294967295 when there is no peer.
    public let userID: UInt32
    /// The effective group; 4294967295 when there is no peer.
    public let groupID: UInt32

    /// Names a process, a user and a group.
    public init(processID: Int32, userID: UInt32, groupID: UInt32) {
        self.processID = processID
        self.userID = userID
        self.groupID = groupID
    }

    /// Twelve.
    public static var optionLength: Int { 12 }

    /// Reads a `struct ucred`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        self.init(
            processID: try bytes.require(Int32.self, at: 0), userID: try bytes.require(UInt32.self, at: 4),
            groupID: try bytes.require(UInt32.self, at: 8))
    }

    /// A `struct ucred`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes { encoded }

    var encoded: OptionBytes {
        var bytes = OptionBytes(zeros: 12)
        bytes.store(processID, at: 0)
        bytes.store(userID, at: 4)
        bytes.store(groupID, at: 8)
        return bytes
    }
}
