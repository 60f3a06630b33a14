internal import SocketModel

// The urgent byte of a stream: `MSG_OOB`, `unix_stream_recv_urg` and `manage_oob` in `net/unix/af_unix.c`.
extension UNIXSocket {
    private var isUrgentInline: Bool { options.isOn(.urgentInline) }

    /// Receives the urgent byte. Where it was an empty message stays, at which other receives stop.
    func receiveUrgent(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int {
        guard let message = urgent, !isUrgentInline else { throw .invalidArgument }
        let byte = message.rest.prefix(1)
        if !flags.contains(.peek) {
            urgent = nil
            forgetMark(before: message)
            message.consumed += 1
        }
        unsafe room.copyBytes(from: byte.prefix(room.count))
        details?.flags.insert(.outOfBand)
        return 1
    }

    /// Of two urgent bytes that were received one after the other one place is kept.
    private func forgetMark(before message: UNIXMessage) {
        guard let place = queue.firstIndex(where: { $0 === message }), place > 0 else { return }
        let mark = queue[place - 1]
        guard mark.rest.isEmpty else { return }
        queue.remove(at: place - 1)
        mark.free()
    }

    /// The message at `place` that is no urgent one, nor the place of one: whoever has received something stops there, others pass it by.
    func calm(_ place: inout Int, _ isPeek: Bool, hasSome: Bool) -> UNIXMessage? {
        guard var message = queue.at(place) else { return nil }
        if message.rest.isEmpty {
            if hasSome, urgent == nil || message === urgent { return nil }
            pass(message, &place, isPeek)
            guard let next = queue.at(place) else { return nil }
            message = next
        }
        guard message === urgent else { return message }
        if hasSome { return nil }
        if !isPeek { urgent = nil }
        if isUrgentInline { return message }
        pass(message, &place, isPeek)
        return queue.at(place)
    }

    /// Goes on to the next message; only who peeks leaves this one.
    private func pass(_ message: UNIXMessage, _ place: inout Int, _ isPeek: Bool) {
        if isPeek { return place += 1 }
        queue.remove(at: place)
        message.discard()
    }
}
