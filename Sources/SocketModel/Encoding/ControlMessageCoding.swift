extension ControlMessage {
    /// How many bytes these messages take, with headers and padding: the sum of their `CMSG_SPACE`.
    public static func encodedLength(of messages: some Sequence<ControlMessage>) -> Int {
        messages.reduce(0) { saturatingSum($0, space(forPayload: $1.payloadLength)) }
    }

    /// Writes messages into memory for `sendmsg(2)`, and returns how many bytes they take: `msg_controllen`.
    ///
    /// The memory needs no alignment. Padding is zeroed. After an error the memory's contents mean nothing.
    ///
    /// - Throws: ``ControlMessageError``, when the memory is too small, there are too many descriptors, or a number does
    ///   not fit.
    public static func encode(
        _ messages: some Collection<ControlMessage>, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ControlMessageError) -> Int {
        let needed = encodedLength(of: messages)
        guard needed <= buffer.count else {
            throw .bufferTooSmall(needed: needed, available: buffer.count)
        }
        try checkRights(messages)
        var offset = 0
        for message in messages {
            let (level, type, payload) = try message.wire()
            let space = space(forPayload: payload.count)
            let slot = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<offset + space])
            unsafe write(level: level, type: type, payload, into: slot)
            offset += space
        }
        return offset
    }

    /// The bytes of messages for `sendmsg(2)`.
    ///
    /// - Throws: ``ControlMessageError``, when there are too many descriptors or a number does not fit.
    public static func encode(_ messages: some Collection<ControlMessage>) throws(ControlMessageError) -> OptionBytes {
        try unsafe OptionBytes(capacity: encodedLength(of: messages)) { buffer throws(ControlMessageError) in
            try unsafe encode(messages, into: buffer)
        }
    }

    /// Reads the messages `recvmsg(2)` left in the first `msg_controllen` bytes of its memory.
    ///
    /// Total: any bytes give a result. See ``ReceivedControlMessages/isTruncated`` for those that are no whole messages.
    /// The memory needs no alignment.
    public static func decode(_ buffer: UnsafeRawBufferPointer) -> ReceivedControlMessages {
        var messages: [ControlMessage] = []
        var isTruncated = false
        var offset = 0
        // Fewer bytes than a header are padding.
        while buffer.count - offset >= headerLength {
            let available = buffer.count - offset
            let length = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard length >= UInt64(headerLength) else {
                isTruncated = true
                break
            }
            let level = unsafe buffer.loadUnaligned(fromByteOffset: offset + 8, as: Int32.self)
            let type = unsafe buffer.loadUnaligned(fromByteOffset: offset + 12, as: Int32.self)
            let end = offset + Int(min(length, UInt64(available)))
            let payload = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset + headerLength..<end])
            let message = unsafe ControlMessage(level: level, type: type, payload: OptionBytes(copying: payload))
            messages.append(message)
            if length > UInt64(available) || message.payloadLength != payload.count { isTruncated = true }
            guard length <= UInt64(available) else { break }
            // The padding of the last message may lie beyond the end.
            offset = min(offset + (Int(length) + 7) & ~7, buffer.count)
        }
        return ReceivedControlMessages(messages: messages, isTruncated: isTruncated)
    }

    /// Reads the messages in these bytes; as the form that takes memory does.
    public static func decode(_ bytes: OptionBytes) -> ReceivedControlMessages {
        unsafe bytes.withUnsafeBytes { unsafe decode($0) }
    }

    private static func checkRights(_ messages: some Collection<ControlMessage>) throws(ControlMessageError) {
        var count = 0
        for case .rights(let descriptors) in messages { count += descriptors.count }
        guard count <= maximumRights else { throw .tooManyRights(count: count, limit: maximumRights) }
    }

    private static func write(
        level: Int32, type: Int32, _ payload: OptionBytes, into slot: UnsafeMutableRawBufferPointer
    ) {
        unsafe slot.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe slot.storeBytes(of: UInt64(headerLength + payload.count), as: UInt64.self)
        unsafe slot.storeBytes(of: level, toByteOffset: 8, as: Int32.self)
        unsafe slot.storeBytes(of: type, toByteOffset: 12, as: Int32.self)
        let body = unsafe UnsafeMutableRawBufferPointer(rebasing: slot[headerLength..<headerLength + payload.count])
        unsafe payload.withUnsafeBytes { unsafe body.copyMemory(from: $0) }
    }
}
