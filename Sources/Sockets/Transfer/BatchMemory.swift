internal import SocketModel

/// The memory of received messages: for each as much room as it may take, and the run of it that it does take.
///
/// Sendable without check: it is written only while nobody else refers to it, or by the operation that has it.
@safe final class BatchMemory: LentBuffer, @unchecked Sendable {
    private typealias Runs = UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>

    let capacity: Int
    /// The most bytes of each message.
    let maximum: Int
    private let rooms: Runs
    private let runs: Runs

    init(_ capacity: Int, of maximum: Int) {
        self.capacity = capacity
        self.maximum = maximum
        unsafe rooms = .allocate(capacity: capacity)
        unsafe runs = .allocate(capacity: capacity)
        unsafe super.init(lending: .allocate(byteCount: capacity * maximum, alignment: 64))
        for index in 0..<capacity {
            let start = index * maximum
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + maximum])
            unsafe rooms.initializeElement(at: index, to: room)
            unsafe runs.initializeElement(at: index, to: room)
        }
    }

    deinit {
        unsafe rooms.deallocate()
        unsafe runs.deallocate()
        unsafe memory.deallocate()
    }

    /// What to receive into.
    var room: OperationMemory { unsafe .several(UnsafeBufferPointer(rooms)) }

    /// The bytes of these messages.
    func bytes(of messages: Range<Int>) -> OperationMemory {
        unsafe .several(UnsafeBufferPointer(rebasing: runs[messages]))
    }

    /// The bytes of a message, which refer to this memory.
    func chunk(_ index: Int) -> Chunk {
        Chunk(self, offset: index * maximum, count: unsafe runs[index].count)
    }

    /// The message takes so many bytes of its room.
    @inline(__always) func resize(_ index: Int, to count: Int) {
        unsafe runs[index] = UnsafeMutableRawBufferPointer(rebasing: rooms[index][..<min(max(count, 0), maximum)])
    }
}
