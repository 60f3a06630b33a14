public import SocketModel

/// Messages that are received in one call, into memory that is used again by the next, and that can be sent on from there: the fast way
/// with datagrams.
///
/// ```swift
/// var batch = try MessageBatch(32, of: 2048)
/// while try await socket.receiveBatch(into: &batch) != nil {
///     for message in batch { print(message.bytes.count, message.sender as Any) }
///     _ = try await socket.sendBatch(batch)
/// }
/// ```
///
/// It is a value: while a copy of it is kept, or the bytes of one of its messages, so is all of its memory, and the next receive takes new
/// memory. Who keeps few bytes for long keeps their ``Chunk/array``.
public struct MessageBatch: Sendable {
    /// The most messages.
    public var capacity: Int { memory.capacity }
    /// The most bytes of each message.
    public var maximum: Int { memory.maximum }
    /// Room for each message's control messages, in bytes.
    public let controlCapacity: Int

    private(set) var memory: BatchMemory
    private var infos: [MessageInfo] = []
    /// Descriptors that came with the messages, a list for each; none when no message had any.
    private var descriptors: [[OwnedDescriptor]] = []

    /// An empty batch.
    ///
    /// - Parameters:
    ///   - capacity: The most messages, 1...1024.
    ///   - maximum: The most bytes of each; `capacity` times that much memory is allocated, which must be in 0...1,073,741,824.
    ///   - controlCapacity: Room for each one's control messages, 0...1,048,576 bytes, or receiving fails; ``ControlMessage`` computes how
    ///     many are needed.
    /// - Throws: ``SocketError`` with ``SocketError/Code/invalidArgument`` for a number out of bounds.
    public init(_ capacity: Int, of maximum: Int, controlCapacity: Int = 0) throws(SocketError) {
        try Socket.checkSize(maximum, .receiveBatch)
        guard (1...Runs.limit).contains(capacity) else {
            throw SocketError(
                .invalidArgument, .receiveBatch, detail: "a batch is of 1...\(Runs.limit) messages, not \(capacity)")
        }
        try Socket.checkSize(maximum * capacity, .receiveBatch)
        memory = BatchMemory(capacity, of: maximum)
        self.controlCapacity = controlCapacity
    }
}

extension MessageBatch: RandomAccessCollection {
    /// Zero.
    public var startIndex: Int { 0 }
    /// How many messages there are.
    public var endIndex: Int { infos.count }
    /// The message at `index`, which must be in `0..<count`, as for any collection. Its bytes are not copied.
    public subscript(index: Int) -> Message {
        Message(memory.chunk(index), infos[index], descriptors.isEmpty ? [] : descriptors[index])
    }
}

// MARK: Receiving and sending

extension MessageBatch {
    /// Takes all messages out, and memory that nobody else refers to.
    mutating func prepare(_ flags: MessageFlags) -> BatchMemory {
        infos = []
        descriptors = []
        if !isKnownUniquelyReferenced(&memory) { memory = BatchMemory(capacity, of: maximum) }
        unsafe Socket.prepare(memory.memory, flags)
        return memory
    }

    /// Puts in what has been received into the memory.
    mutating func take(_ received: [MessageInfo], _ backend: any Backend) {
        infos = received
        for index in infos.indices {
            memory.resize(index, to: infos[index].count)
            if !infos[index].control.isEmpty { takeDescriptors(index, backend) }
        }
    }

    private mutating func takeDescriptors(_ index: Int, _ backend: any Backend) {
        let (control, owned) = OwnedDescriptor.take(from: infos[index].control, backend)
        if owned.isEmpty { return }
        if descriptors.isEmpty { descriptors = Array(repeating: [], count: infos.count) }
        infos[index].control = control
        descriptors[index] = owned
    }

    /// The heads of these messages when they are sent on, each to `address` or else to where it came from.
    func headers(_ messages: Range<Int>, to address: SocketAddress?) -> [Operation.MessageHeader] {
        infos[messages].map { info in
            Operation.MessageHeader(address: address ?? info.sender, control: Self.segments(info))
        }
    }

    /// What was several datagrams goes out as several.
    private static func segments(_ info: MessageInfo) -> [ControlMessage] {
        if info.control.isEmpty { return [] }
        for case .udpReceiveSegmentSize(let size) in info.control where size < info.count {
            return [.udpSegmentSize(UInt16(clamping: size))]
        }
        return []
    }

    /// The messages as values of their own, which keep no more memory than one call's worth of lent bytes.
    var messages: [Message] {
        if unsafe memory.memory.count <= LentBuffer.usualSize { return Array(self) }
        return map { message in
            var message = message
            message.bytes = Chunk(message.bytes.array)
            return message
        }
    }
}

extension LentBuffer {
    /// So many bytes a chunk may keep beside its own: what an executor lends from.
    fileprivate static var usualSize: Int { 128 << 10 }
}
