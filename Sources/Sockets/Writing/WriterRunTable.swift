internal import SocketModel

/// Where the runs of a writer's next operation are listed. Its memory is made for the first of them, and stays where it is until ``free()``.
@safe struct WriterRunTable {
    /// So many runs go out in one operation at most.
    private static let capacity = 16

    private var runs: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>?
    private var count = 0

    var isFull: Bool { count == Self.capacity }

    /// What is listed, for one operation.
    var memory: OperationMemory? {
        guard count > 0, let runs = unsafe runs else { return nil }
        return unsafe count == 1 ? .one(runs[0]) : .several(UnsafeBufferPointer(rebasing: runs[..<count]))
    }

    /// Lists one more, unless it is full.
    mutating func append(_ run: UnsafeMutableRawBufferPointer) {
        if isFull { return }
        let runs = unsafe runs ?? .allocate(capacity: Self.capacity)
        unsafe runs.initializeElement(at: count, to: run)
        unsafe self.runs = runs
        count += 1
    }

    mutating func removeAll() { count = 0 }

    /// Gives the memory back.
    mutating func free() {
        unsafe runs.take()?.deallocate()
        count = 0
    }
}
