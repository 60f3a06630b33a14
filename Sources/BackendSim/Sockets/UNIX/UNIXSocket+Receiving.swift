internal import SocketModel

// Receiving.
extension UNIXSocket {
    /// Receives some of a stream's bytes: those of several messages, but never past sockets that came with them, nor, if it is told who
    /// sent them, past those of one sender.
    func receiveBytes(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int? {
        guard state == .connected else { throw .invalidArgument }
        if flags.contains(.outOfBand) { return try unsafe receiveUrgent(into: room, flags, details) }
        let isPeek = flags.contains(.peek)
        var place = 0
        var skipped = isPeek ? options.peekOffset : 0
        guard let first = next(&place, isPeek, hasSome: false, &skipped) else {
            try throwPendingError()
            guard receiveIsShut else { return nil }
            // As the kernel: at the end of a stream the sender is all zeros.
            hand(Delivery(credentials: PeerCredentials(processID: 0, userID: 0, groupID: 0)), to: details)
            return 0
        }
        if let name = first.sender.name { details?.sender = .unix(name) }
        var received = 0
        var emptied: [UNIXMessage] = []
        var rights: [SimulatedSocket] = []
        var current: UNIXMessage? = first
        while let message = current {
            if options.passesCredentials, message.credentials != first.credentials { break }
            let part = message.rest.dropFirst(skipped).prefix(room.count - received)
            skipped = 0
            unsafe UnsafeMutableRawBufferPointer(rebasing: room[received...]).copyBytes(from: part)
            received += part.count
            rights = isPeek ? message.rights : message.rights.take()
            if isPeek {
                place += 1
            } else {
                message.consumed += part.count
                if !message.rest.isEmpty { break }
                queue.remove(at: place)
                emptied.append(message)
            }
            // As the kernel: whoever peeks is shown the next sockets, however little room there is for bytes.
            if !rights.isEmpty || !isPeek && received == room.count { break }
            current = next(&place, isPeek, hasSome: received > 0, &skipped)
        }
        options.movePeekOffset(by: isPeek ? received : -received)
        hand(Delivery(credentials: first.credentials, rights: rights, isPeek: isPeek), to: details)
        for message in emptied { message.free() }
        return received
    }

    /// The message that is read next, from `place` on, of which `skipped` bytes are passed by.
    private func next(_ place: inout Int, _ isPeek: Bool, hasSome: Bool, _ skipped: inout Int) -> UNIXMessage? {
        guard var message = calm(&place, isPeek, hasSome: hasSome) else { return nil }
        while skipped >= message.rest.count {
            skipped -= message.rest.count
            place += 1
            guard let following = queue.at(place) else { return nil }
            message = following
        }
        return message
    }

    /// Receives a datagram, or a packet of a sequence.
    func receiveMessage(
        into room: UnsafeMutableRawBufferPointer, _ flags: MessageFlags, _ details: ReceiveDetails?
    ) throws(Errno) -> Int? {
        if type == .sequencedPacket, state != .connected { throw .socketNotConnected }
        if flags.contains(.outOfBand) { throw .notSupportedOnSocket }
        try throwPendingError()
        let isPeek = flags.contains(.peek)
        var skipped = isPeek ? options.peekOffset : 0
        guard let message = first(skipping: &skipped) else { return receiveIsShut ? 0 : nil }
        if !isPeek { queue.removeFirst() }
        let rest = message.bytes.dropFirst(skipped)
        unsafe room.copyBytes(from: rest.prefix(room.count))
        options.movePeekOffset(by: isPeek ? min(rest.count, room.count) : -message.bytes.count)
        if let name = message.sender.name { details?.sender = .unix(name) }
        let rights = isPeek ? message.rights : message.rights.take()
        let stamp = options.stamp(message.arrival.nanoseconds)
        hand(
            Delivery(credentials: message.credentials, rights: rights, isPeek: isPeek, stamp: stamp), to: details)
        if !isPeek {
            message.free()
            wakeWaiting()
        }
        return rest.count
    }

    /// The first message, or the one that so many bytes of peeked ones lead to, in which as many are left to skip as it then says.
    private func first(skipping offset: inout Int) -> UNIXMessage? {
        if offset == 0 { return queue.first }
        for message in queue {
            if offset < message.rest.count { return message }
            offset -= message.rest.count
        }
        return nil
    }

    /// What comes beside the bytes.
    private struct Delivery {
        let credentials: PeerCredentials?
        var rights: [SimulatedSocket] = []
        var isPeek = false
        var stamp: ControlMessage?
    }

    /// Hands out what comes beside the bytes, as far as there is room; sockets that find none are let go.
    private func hand(_ delivery: Delivery, to details: ReceiveDetails?) {
        if let details {
            var control = ReceivedControl(details)
            if let stamp = delivery.stamp { control.add(stamp) }
            if options.passesCredentials { control.add(.credentials(delivery.credentials ?? .nobody)) }
            if !delivery.rights.isEmpty { control.add(rights: numbers(delivery.rights, atMost: control.roomForRights)) }
            if control.rightsAdded < delivery.rights.count { details.flags.insert(.controlTruncated) }
        }
        if !delivery.isPeek { kernel.land(delivery.rights) }
    }

    /// New numbers for sockets, as long as there are any.
    private func numbers(_ sockets: [SimulatedSocket], atMost count: Int) -> [Int32] {
        var numbers: [Int32] = []
        for socket in sockets.prefix(count) {
            guard let number = kernel.descriptors.insert(socket) else { break }
            numbers.append(number)
        }
        return numbers
    }
}

extension PeerCredentials {
    /// What a receiver is told of a message that was sent when nobody asked who sends: the kernel's overflow user and group.
    fileprivate static var nobody: PeerCredentials { PeerCredentials(processID: 0, userID: 65534, groupID: 65534) }
}
