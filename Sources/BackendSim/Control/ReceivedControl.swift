internal import SocketModel

/// Control messages on their way to a caller, as far as there is room for them.
struct ReceivedControl {
    private let details: ReceiveDetails
    private var room: Int

    init(_ details: ReceiveDetails) {
        self.details = details
        room = details.controlCapacity
    }

    /// Adds a message; one that does not fit is left out, and the flags say so.
    mutating func add(_ message: ControlMessage) {
        let length = ControlMessage.encodedLength(of: [message])
        guard length <= room else {
            details.flags.insert(.controlTruncated)
            return
        }
        room -= length
        details.control.append(message)
    }
}
