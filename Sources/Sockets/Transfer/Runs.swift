internal import SocketModel

/// Several runs of memory at once, borrowed from their owners for the length of a call.
enum Runs {
    /// The system takes no more runs in one call than this (`IOV_MAX`).
    static let limit = 1024

    /// So many owners lend their memory where it is, each from inside the last one's call; more would need a deep stack, and their
    /// bytes are copied.
    private static let lenders = 32

    /// Calls `body` with the bytes of all pieces.
    static func gather<R>(
        _ pieces: [any ByteSource], _ body: (OperationMemory) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        if pieces.count == 1, let piece = pieces.first {
            return try unsafe piece.withBytes { run throws(SocketError) in
                try unsafe body(.one(UnsafeMutableRawBufferPointer(mutating: run)))
            }
        }
        return try unsafe withTable(pieces.count, .sendMessage) { table throws(SocketError) in
            if pieces.count <= lenders { return try unsafe lend(pieces[...], table, 0, body) }
            var sizes: [Int] = []
            var bytes: [UInt8] = []
            for piece in pieces {
                unsafe piece.withBytes { run in
                    sizes.append(run.count)
                    unsafe bytes.append(contentsOf: run)
                }
            }
            return try unsafe bytes.withMutableRun { run throws(SocketError) in
                unsafe split(run, sizes, table)
                return try unsafe body(.several(UnsafeBufferPointer(table)))
            }
        }
    }

    private static func lend<R>(
        _ pieces: ArraySlice<any ByteSource>, _ table: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>,
        _ index: Int, _ body: (OperationMemory) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        guard let piece = pieces.first else { return try unsafe body(.several(UnsafeBufferPointer(table))) }
        return try unsafe piece.withBytes { run throws(SocketError) in
            unsafe table[index] = UnsafeMutableRawBufferPointer(mutating: run)
            return try unsafe lend(pieces.dropFirst(), table, index + 1, body)
        }
    }

    /// Calls `body` with the memory of all arrays.
    static func scatter<R>(
        _ arrays: inout [[UInt8]], _ body: (OperationMemory) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        try unsafe withTable(arrays.count, .receiveMessage) { table throws(SocketError) in
            if arrays.count <= lenders { return try unsafe lend(&arrays, table, 0, body) }
            var bytes = Array(arrays.joined())
            let result = try unsafe bytes.withMutableRun { run throws(SocketError) in
                unsafe split(run, arrays.map(\.count), table)
                return try unsafe body(.several(UnsafeBufferPointer(table)))
            }
            var start = 0
            for index in arrays.indices {
                let end = start + arrays[index].count
                arrays[index].replaceSubrange(0..., with: bytes[start..<end])
                start = end
            }
            return result
        }
    }

    private static func lend<R>(
        _ arrays: inout [[UInt8]], _ table: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>, _ index: Int,
        _ body: (OperationMemory) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        guard index < arrays.count else { return try unsafe body(.several(UnsafeBufferPointer(table))) }
        var array: [UInt8] = []
        swap(&array, &arrays[index])
        defer { swap(&array, &arrays[index]) }
        return try unsafe array.withMutableRun { run throws(SocketError) in
            unsafe table[index] = run
            return try unsafe lend(&arrays, table, index + 1, body)
        }
    }

    private static func split(
        _ run: UnsafeMutableRawBufferPointer, _ sizes: [Int],
        _ table: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>
    ) {
        var start = 0
        for (index, size) in sizes.enumerated() {
            unsafe table[index] = UnsafeMutableRawBufferPointer(rebasing: run[start..<start + size])
            start += size
        }
    }

    private static func withTable<R>(
        _ count: Int, _ operation: OperationName,
        _ body: (UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        try check(count, operation)
        let table = UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>.allocate(capacity: count)
        unsafe table.initialize(repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0))
        defer { unsafe table.deallocate() }
        return try unsafe body(table)
    }

    /// Throws when there are more runs than the system takes in one call.
    static func check(_ count: Int, _ operation: OperationName) throws(SocketError) {
        guard count <= limit else {
            throw SocketError(
                .invalidArgument, operation, detail: "at most \(limit) runs of memory go in one call, not \(count)")
        }
    }
}
