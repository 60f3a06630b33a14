@testable import SocketModel

/// Control messages of any bytes: as many as `CMSG_NXTHDR(3)` finds, and the same after encoding.
func fuzzControlMessages(_ bytes: [UInt8]) throws {
    let received = ControlMessage.decode(OptionBytes(bytes))
    let found = LibC.controlHeaders(in: bytes)
    // Of one that is cut short, and of a last one without padding, C says nothing.
    let count = received.messages.count
    try demand(count == found.count || count == found.count + 1, "\(count) messages, and \(found.count) in C")
    for (message, header) in zip(received.messages, found) {
        guard case .other(let level, let type, _) = message else { continue }
        try demand(level.rawValue == header.level && type == header.type, "\(message) has another header")
    }
    let payload = received.messages.reduce(0) { $0 + $1.payloadLength }
    try demand(payload + 16 * count <= bytes.count, "more bytes than there were")
    for message in received.messages { _ = message.description }
    guard let encoded = try? ControlMessage.encode(received.messages) else {
        let rights = received.messages.reduce(0) { sum, message in
            if case .rights(let descriptors) = message { sum + descriptors.count } else { sum }
        }
        return try demand(rights > ControlMessage.maximumRights, "messages that were received cannot be sent")
    }
    try demand(encoded.count, equals: ControlMessage.encodedLength(of: received.messages), "the length")
    let again = ControlMessage.decode(encoded)
    try demand(again.messages, equals: received.messages, "decoding what was encoded")
    try demand(!again.isTruncated, "what was encoded is cut short")
}
