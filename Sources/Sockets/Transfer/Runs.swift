internal import SocketModel

/// Several runs of memory at once, borrowed from their owners for the length of a call.
enum Runs {
    /// Calls `body` with the bytes of all pieces where they are: no copy is made.
    static func gather<R>(
        _ pieces: [any ByteSource], _ body: (OperationMemory) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        if pieces.count == 1, let piece = pieces.first {
            return try unsafe piece.withBytes { run throws(SocketError) in
                try unsafe body(.one(UnsafeMutableRawBufferPointer(mutating: run)))
            }
        }
        return try unsafe withTable(pieces.count) { table throws(SocketError) in
            try unsafe gather(pieces[...], table, 0, body)
        }
    }

    private static func gather<R>(
        _ pieces: ArraySlice<any ByteSource>, _ table: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>,
        _ index: Int, _ body: (OperationMemory) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        guard let piece = pieces.first else { return try unsafe body(.several(UnsafeBufferPointer(table))) }
        return try unsafe piece.withBytes { run throws(SocketError) in
            unsafe table[index] = UnsafeMutableRawBufferPointer(mutating: run)
            return try unsafe gather(pieces.dropFirst(), table, index + 1, body)
        }
    }

    /// Calls `body` with the memory of all arrays where they are.
    static func scatter<R>(
        _ arrays: inout [[UInt8]], _ body: (OperationMemory) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        try unsafe withTable(arrays.count) { table throws(SocketError) in
            try unsafe scatter(&arrays, table, 0, body)
        }
    }

    private static func scatter<R>(
        _ arrays: inout [[UInt8]], _ table: UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>, _ index: Int,
        _ body: (OperationMemory) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        guard index < arrays.count else { return try unsafe body(.several(UnsafeBufferPointer(table))) }
        var array: [UInt8] = []
        swap(&array, &arrays[index])
        defer { swap(&array, &arrays[index]) }
        return try unsafe array.withMutableRun { run throws(SocketError) in
            unsafe table[index] = run
            return try unsafe scatter(&arrays, table, index + 1, body)
        }
    }

    /// The system takes no more runs in one call than this (`IOV_MAX`); it also bounds the recursion above.
    static let limit = 1024

    private static func withTable<R>(
        _ count: Int, _ body: (UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>) throws(SocketError) -> R
    ) throws(SocketError) -> R {
        guard count <= limit else {
            throw SocketError(
                .invalidArgument, .sendMessage, detail: "at most \(limit) runs of memory go in one call, not \(count)")
        }
        let table = UnsafeMutableBufferPointer<UnsafeMutableRawBufferPointer>.allocate(capacity: count)
        unsafe table.initialize(repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0))
        defer { unsafe table.deallocate() }
        return try unsafe body(table)
    }
}
