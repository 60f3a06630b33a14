/// What can be sent: something that can lend its bytes, all in one run, for the length of a call.
///
/// Arrays of bytes and their slices, strings (as UTF-8), spans, ``Chunk``, and raw buffers are; another type becomes one with a
/// single method.
public protocol ByteSource: ~Copyable, ~Escapable {
    /// Calls `body` with the bytes, which are valid until it returns, and returns what it returns.
    ///
    /// - Throws: what `body` throws.
    borrowing func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R
}

extension RawSpan: ByteSource {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe withUnsafeBytes(body)
    }
}

extension Span: ByteSource where Element == UInt8 {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe bytes.withUnsafeBytes(body)
    }
}

extension Array: ByteSource where Element == UInt8 {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe span.bytes.withUnsafeBytes(body)
    }
}

extension ArraySlice: ByteSource where Element == UInt8 {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe span.bytes.withUnsafeBytes(body)
    }
}

extension ContiguousArray: ByteSource where Element == UInt8 {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe span.bytes.withUnsafeBytes(body)
    }
}

extension Chunk: ByteSource {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe array.withBytes(body)
    }
}

extension String: ByteSource {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe utf8.span.bytes.withUnsafeBytes(body)
    }
}

extension String.UTF8View: ByteSource {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe span.bytes.withUnsafeBytes(body)
    }
}

extension Substring: ByteSource {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe utf8.span.bytes.withUnsafeBytes(body)
    }
}

extension UnsafeRawBufferPointer: ByteSource {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe body(self)
    }
}

extension UnsafeMutableRawBufferPointer: ByteSource {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe body(UnsafeRawBufferPointer(self))
    }
}
