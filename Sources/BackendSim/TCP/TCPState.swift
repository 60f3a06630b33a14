/// Where a connection is on its way through RFC 9293, 3.3.2; the raw values are those of Linux's `tcp_info`.
///
/// There is no LISTEN: a listener is no connection.
enum TCPState: UInt8 {
    case established = 1
    case synSent = 2
    case synReceived = 3
    case finWait1 = 4
    case finWait2 = 5
    case timeWait = 6
    case closed = 7
    case closeWait = 8
    case lastAck = 9
    case closing = 11

    /// Whether data, or what is left of it, may leave.
    var canTransmit: Bool {
        switch self {
        case .established, .closeWait, .finWait1, .closing, .lastAck: true
        default: false
        }
    }

    /// Whether the peer may still send data.
    var canReceive: Bool {
        switch self {
        case .established, .finWait1, .finWait2: true
        default: false
        }
    }
}
