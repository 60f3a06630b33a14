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
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe withUnsafeBytes(body)
    }
}

extension Span: ByteSource where Element == UInt8 {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe bytes.withUnsafeBytes(body)
    }
}

extension Array: ByteSource where Element == UInt8 {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe span.bytes.withUnsafeBytes(body)
    }
}

extension ArraySlice: ByteSource where Element == UInt8 {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe span.bytes.withUnsafeBytes(body)
    }
}

extension ContiguousArray: ByteSource where Element == UInt8 {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe span.bytes.withUnsafeBytes(body)
    }
}

extension Chunk: ByteSource {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe array.withBytes(body)
    }
}

extension String: ByteSource {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe utf8.span.bytes.withUnsafeBytes(body)
    }
}

extension Substring: ByteSource {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe utf8.span.bytes.withUnsafeBytes(body)
    }
}

extension UnsafeRawBufferPointer: ByteSource {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe body(self)
    }
}

extension UnsafeMutableRawBufferPointer: ByteSource {
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe body(UnsafeRawBufferPointer(self))
    }
}
