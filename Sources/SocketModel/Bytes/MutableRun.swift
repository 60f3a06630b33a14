extension Array where Element == UInt8 {
    /// Calls `body` with the array's own memory.
    ///
    /// - Throws: what `body` throws, and only that: the standard library's own form throws `any Error`.
    @inlinable public mutating func withMutableRun<R, E: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        var span = mutableSpan
        var bytes = unsafe span.mutableBytes
        return try unsafe bytes.withUnsafeMutableBytes(body)
    }
}
