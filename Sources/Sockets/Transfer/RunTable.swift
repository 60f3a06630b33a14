internal import SocketModel

/// Runs of memory for a call that may be suspended: their table, and what keeps the bytes themselves where they are.
///
/// Sendable without check: it is one call's own, and only its operation touches it while that is in flight.
@safe final class RunTable: @unchecked Sendable {
    private let table: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>
    private let owners: [Chunk]
    private var start = 0

    private init(_ runs: [UnsafeMutableRawBufferPointer], _ owners: [Chunk] = []) {
        unsafe table = .allocate(capacity: runs.count)
        _ = unsafe table.initialize(fromContentsOf: runs)
        self.owners = owners
    }

    deinit { unsafe table.deallocate() }

    /// The bytes of chunks, which it keeps.
    convenience init(_ chunks: [Chunk]) {
        let runs = unsafe chunks.map { chunk in
            // A chunk's bytes stay where they are for as long as the chunk.
            unsafe chunk.withBytes { unsafe UnsafeMutableRawBufferPointer(mutating: $0) }
        }
        unsafe self.init(runs, chunks)
    }

    /// The memory of arrays, which their owner keeps, alone with them.
    convenience init(lending arrays: inout [[UInt8]]) {
        var runs = unsafe [UnsafeMutableRawBufferPointer]()
        unsafe runs.reserveCapacity(arrays.count)
        for index in arrays.indices {
            unsafe arrays[index].withMutableRun { run in unsafe runs.append(run) }
        }
        unsafe self.init(runs)
    }

    /// The runs of an operation's memory; its owner keeps them.
    convenience init(_ memory: OperationMemory) {
        switch unsafe memory {
        case .one(let run): unsafe self.init([run])
        case .several(let runs): unsafe self.init(Array(runs))
        case .none, .lent: self.init([])
        }
    }

    /// The runs from the first that is not done with.
    var memory: OperationMemory {
        let rest = unsafe UnsafeBufferPointer(rebasing: table[start...])
        if rest.count == 1, let only = unsafe rest.first { return unsafe .one(only) }
        return unsafe .several(rest)
    }

    /// How many bytes the runs have that are not done with.
    var byteCount: Int { unsafe table[start...].reduce(0) { $0 + $1.count } }

    /// The first `count` bytes are done with.
    func advance(past count: Int) {
        var left = count
        while unsafe start < table.count && left >= table[start].count {
            unsafe left -= table[start].count
            start += 1
        }
        if unsafe left > 0 && start < table.count {
            unsafe table[start] = UnsafeMutableRawBufferPointer(rebasing: table[start][left...])
        }
    }

    /// The runs from that number on, which is at most how many there are.
    func memory(fromRun first: Int) -> OperationMemory {
        unsafe .several(UnsafeBufferPointer(rebasing: table[first...]))
    }
}

extension OperationMemory {
    /// The first run of bytes.
    var firstRun: UnsafeMutableRawBufferPointer? {
        switch unsafe self {
        case .one(let run): unsafe run
        case .several(let runs): unsafe runs.first
        case .none, .lent: nil
        }
    }
}
