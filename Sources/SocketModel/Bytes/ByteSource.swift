/// What can be sent: something that can lend its bytes, all in one run, for the length of a call.
///
/// Arrays of bytes and their slices, strings (as UTF-8), spans, ``Chunk``, and raw buffers are; another type becomes one with a
/// single method.
public protocol ByteSource: ~Copyable, ~Escapable {
    /// Calls `body` with the bytes, which are valid until it returns, and returns what it returns.
    ///
    /// - Throws: what `body` throws.
    borrowing func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R

    /// The bytes as a value that owns them, for a call that outlives this one: ``shared()``, or a copy.
    borrowing func owned() -> Chunk

    /// The bytes as a value that owns them, if that takes no copy; nil, which is what a type has that says nothing, if it does.
    borrowing func shared() -> Chunk?
}

extension ByteSource where Self: ~Copyable, Self: ~Escapable {
    /// The bytes as a value that owns them: a copy, unless they can be shared.
    @inlinable public borrowing func owned() -> Chunk {
        if let chunk = shared() { return chunk }
        return unsafe withBytes { unsafe Chunk(Array($0)) }
    }

    /// Nil: there is no value that owns them.
    @inlinable public borrowing func shared() -> Chunk? { nil }
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

extension Array where Element == UInt8 {
    /// The array itself.
    @inlinable public func shared() -> Chunk? { Chunk(self) }
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
        // The pointer does not hold the buffer, but the chunk does.
        if let run = unsafe lentRun {
            return try withExtendedLifetime(self) { () throws(E) in try unsafe body(run) }
        }
        return try unsafe array.withBytes(body)
    }

    /// Where its bytes are in a lent buffer. Out of line, where looking at them takes no reference to the buffer.
    @inline(never) @usableFromInline var lentRun: UnsafeRawBufferPointer? {
        guard case .lent(let buffer, let offset, let count) = storage else { return nil }
        let start = unsafe UnsafeRawPointer(buffer.memory.baseAddress)?.advanced(by: Int(offset))
        return unsafe UnsafeRawBufferPointer(start: start, count: Int(count))
    }
}

extension Chunk {
    /// The chunk itself.
    @inlinable public func shared() -> Chunk? { self }
}

/// A part of a chunk, such as `chunk.dropFirst(4)`.
extension Slice: ByteSource where Base == Chunk {
    /// Calls `body` with the bytes where they are.
    @inlinable public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe base.withBytes { whole throws(E) in
            try unsafe body(UnsafeRawBufferPointer(rebasing: whole[startIndex..<endIndex]))
        }
    }
}

extension Slice where Base == Chunk {
    /// The part as a chunk of its own, if it is of what a backend lends; nil if it is of an array, which is kept whole or not at all.
    @inlinable public func shared() -> Chunk? {
        guard case .lent = base.storage else { return nil }
        return base.part(from: startIndex, count: count)
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
