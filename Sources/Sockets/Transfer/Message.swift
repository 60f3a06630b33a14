public import SocketModel

/// A received message: its bytes and all that came with them.
public struct Message: Sendable {
    /// The bytes, as many as there was memory for.
    public var bytes: Chunk
    /// The sender; nil where the socket's kind reports none.
    public var sender: SocketAddress?
    /// What came beside the bytes, but for descriptors: those are ``descriptors``.
    public var control: [ControlMessage]
    /// Descriptors that came with the message: those that were passed (`SCM_RIGHTS`), and the sender's process descriptor
    /// (`SCM_PIDFD`), whose number ``control`` names too. Each is closed when its last reference goes.
    public var descriptors: [OwnedDescriptor]
    /// What the system says of the message.
    public var flags: MessageFlags
    /// The message's whole length, known when ``isTruncated`` and ``MessageFlags/truncated`` was asked for; else the bytes' count.
    public var fullLength: Int

    /// Whether the rest of a longer message was lost: `MSG_TRUNC`.
    public var isTruncated: Bool { flags.contains(.truncated) }
    /// Whether control messages were lost for want of capacity: `MSG_CTRUNC`. Descriptors lost so are closed by the system.
    public var isControlTruncated: Bool { flags.contains(.controlTruncated) }

    init(_ bytes: Chunk, _ info: MessageInfo, _ backend: any Backend) {
        self.init(bytes, info)
        (control, descriptors) = OwnedDescriptor.take(from: info.control, backend)
    }

    /// A message whose descriptors are these, and no others.
    init(_ bytes: Chunk, _ info: MessageInfo, _ descriptors: [OwnedDescriptor] = []) {
        self.bytes = bytes
        self.descriptors = descriptors
        sender = info.sender
        control = info.control
        flags = info.flags
        fullLength = max(info.count, bytes.count)
    }
}

/// A message to send in a batch.
public struct OutgoingMessage: Sendable {
    /// The bytes.
    public var bytes: Chunk
    /// The receiver; nil on a connected socket.
    public var address: SocketAddress?
    /// What travels beside the bytes.
    public var control: [ControlMessage]

    /// A message of `bytes`.
    public init(_ bytes: Chunk, to address: SocketAddress? = nil, control: [ControlMessage] = []) {
        self.bytes = bytes
        self.address = address
        self.control = control
    }
}
