/// A key that signs TCP segments (RFC 2385): `struct tcp_md5sig`, the value of `TCP_MD5SIG` and `TCP_MD5SIG_EXT`.
public struct TCPSignatureKey<Address: GroupAddress>: SocketOptionValue {
    /// The peer whose segments are signed.
    public let peer: Address
    /// How many leading bits of ``peer`` count, for `TCP_MD5SIG_EXT`; nil is all.
    public let prefixLength: UInt8?
    /// The key, at most 80 bytes; an empty one removes the peer's key.
    public let key: [UInt8]

    /// Names a peer and its key.
    public init(peer: Address, prefixLength: UInt8? = nil, key: [UInt8]) {
        self.peer = peer
        self.prefixLength = prefixLength
        self.key = key
    }

    /// 216.
    public static var optionLength: Int { 216 }

    /// Reads a `struct tcp_md5sig`, which the kernel never gives.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        try bytes.require(count: Self.optionLength)
        let length = Int(try bytes.require(UInt16.self, at: 130))
        guard length <= 80 else { throw OptionValueError(.tooLong(count: length, limit: 80)) }
        let isPrefix = try bytes.require(UInt8.self, at: 128) & 1 == 1
        self.init(
            peer: try bytes.groupAddress(Address.self, at: 0),
            prefixLength: isPrefix ? try bytes.require(UInt8.self, at: 129) : nil,
            key: Array(bytes.slice(at: 136, length: length)))
    }

    /// A `struct tcp_md5sig`.
    ///
    /// - Throws: ``OptionValueError/Reason/tooLong(count:limit:)`` for keys over 80 bytes.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        guard key.count <= 80 else { throw OptionValueError(.tooLong(count: key.count, limit: 80)) }
        var bytes = OptionBytes(zeros: Self.optionLength)
        bytes.store(contentsOf: peer.socketAddressBytes, at: 0)
        if let prefixLength {
            bytes.store(UInt8(1), at: 128)
            bytes.store(prefixLength, at: 129)
        }
        bytes.store(UInt16(key.count), at: 130)
        bytes.store(contentsOf: key, at: 136)
        return bytes
    }
}

/// One TCP option to restore on a connection under repair: `struct tcp_repair_opt`.
public struct TCPRepairOption: SocketOptionElement, Codable {
    /// The option's kind: 2 MSS, 3 window scale, 4 SACK permitted, 8 timestamps: `opt_code`.
    public let code: UInt32
    /// Its value: `opt_val`.
    public let value: UInt32

    /// Names an option and its value.
    public init(code: UInt32, value: UInt32 = 0) {
        self.code = code
        self.value = value
    }

    /// Eight.
    public static var elementLength: Int { 8 }
    /// Room for 16 options.
    public static var defaultArrayLength: Int { 128 }
    /// Reads a `struct tcp_repair_opt`.
    public init(elementBytes bytes: OptionBytes) throws(OptionValueError) {
        self.init(code: try bytes.require(UInt32.self, at: 0), value: try bytes.require(UInt32.self, at: 4))
    }
    /// A `struct tcp_repair_opt`.
    public var elementBytes: OptionBytes {
        var bytes = OptionBytes(zeros: 8)
        bytes.store(code, at: 0)
        bytes.store(value, at: 4)
        return bytes
    }
}

/// The windows of a connection under repair: `struct tcp_repair_window`.
public struct TCPRepairWindow: SocketOptionValue, Codable {
    /// Sequence number of the last window update: `snd_wl1`.
    public let lastUpdate: UInt32
    /// The peer's window, bytes: `snd_wnd`.
    public let sendWindow: UInt32
    /// The largest window the peer ever offered, bytes: `max_window`.
    public let maximumWindow: UInt32
    /// Our window, bytes: `rcv_wnd`.
    public let receiveWindow: UInt32
    /// Where our last window update was sent: `rcv_wup`.
    public let receiveUpdate: UInt32

    /// Names the windows.
    public init(
        lastUpdate: UInt32, sendWindow: UInt32, maximumWindow: UInt32, receiveWindow: UInt32, receiveUpdate: UInt32
    ) {
        self.lastUpdate = lastUpdate
        self.sendWindow = sendWindow
        self.maximumWindow = maximumWindow
        self.receiveWindow = receiveWindow
        self.receiveUpdate = receiveUpdate
    }

    /// Twenty.
    public static var optionLength: Int { 20 }
    /// Reads a `struct tcp_repair_window`.
    public init(optionBytes bytes: OptionBytes) throws(OptionValueError) {
        self.init(
            lastUpdate: try bytes.require(UInt32.self, at: 0), sendWindow: try bytes.require(UInt32.self, at: 4),
            maximumWindow: try bytes.require(UInt32.self, at: 8), receiveWindow: try bytes.require(UInt32.self, at: 12),
            receiveUpdate: try bytes.require(UInt32.self, at: 16))
    }
    /// A `struct tcp_repair_window`.
    public func optionBytes() throws(OptionValueError) -> OptionBytes {
        try [lastUpdate, sendWindow, maximumWindow, receiveWindow, receiveUpdate].optionBytes()
    }
}
