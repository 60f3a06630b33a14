/// Received bytes that own their memory, or hold on to a part of what a backend lent.
///
/// A receive that names no memory of its caller returns one. It is a collection of bytes; `String(decoding: chunk, as: UTF8.self)`
/// makes text of it, ``array`` an array, and every send takes it as it is. Empty means an empty datagram: the end of a stream is nil,
/// never an empty chunk.
///
/// A lent chunk keeps the whole ``LentBuffer`` it is part of for as long as it lives, 128 or 256 KiB as a rule, or the memory of a whole
/// batch of messages: who stores few bytes for long stores their ``array``.
public struct Chunk: Sendable {
    @usableFromInline enum Storage: Sendable {
        case array([UInt8])
        case lent(LentBuffer, offset: UInt32, count: UInt32)
    }

    @usableFromInline let storage: Storage

    /// A chunk of these bytes; no copy is made.
    @inlinable public init(_ array: [UInt8]) { storage = .array(array) }

    /// A chunk of a text's UTF-8.
    @inlinable public init(_ text: some StringProtocol) { storage = .array(Array(text.utf8)) }

    /// An empty chunk.
    @inlinable public init() { storage = .array([]) }

    /// A part of a lent buffer; what lies outside the buffer is cut off. No copy is made.
    @inlinable public init(_ buffer: LentBuffer, offset: Int, count: Int) {
        let size = unsafe Swift.min(buffer.memory.count, Int(UInt32.max))
        let start = Swift.min(Swift.max(offset, 0), size)
        storage = .lent(buffer, offset: UInt32(start), count: UInt32(Swift.min(Swift.max(count, 0), size - start)))
    }

    /// At most `count` of the bytes from `start` on; what lies outside the chunk is cut off. No copy is made of all of them, nor of lent ones.
    public func part(from start: Int, count: Int) -> Chunk {
        let start = Swift.min(Swift.max(start, 0), self.count)
        let count = Swift.min(Swift.max(count, 0), self.count - start)
        if count == self.count { return self }
        switch storage {
        case .array(let array): return Chunk(Array(array[start..<start + count]))
        case .lent(let buffer, let offset, _): return Chunk(buffer, offset: Int(offset) + start, count: count)
        }
    }

    /// The bytes as an array: without a copy when they are one.
    @inlinable public var array: [UInt8] {
        if case .array(let array) = storage { return array }
        return unsafe withBytes { unsafe Array($0) }
    }

    /// Allocates `capacity` bytes (negative counts as zero), lets `fill` write into them and keeps as many as it says.
    ///
    /// What `fill` leaves unused is given back when it is more than a page.
    ///
    /// - Throws: what `fill` throws.
    @inlinable public init<Failure: Error>(
        capacity: Int, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) {
        var result: Result<Int, Failure> = .success(0)
        let room = Swift.max(capacity, 0)
        // Never without capacity: the count would be written to the empty array that all threads share.
        var array = unsafe [UInt8](unsafeUninitializedCapacity: Swift.max(room, 1)) { buffer, count in
            do throws(Failure) {
                let bytes = unsafe UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: room)
                count = Swift.min(Swift.max(try unsafe fill(bytes), 0), room)
                result = .success(count)
            } catch {
                result = .failure(error)
            }
        }
        _ = try result.get()
        if array.capacity - array.count > 4096 { array = [UInt8](unsafeUninitializedCopyOf: array) }
        storage = .array(array)
    }
}

extension Chunk: Hashable {
    /// Whether the bytes are the same.
    public static func == (left: Chunk, right: Chunk) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withBytes { bytes in
            unsafe right.withBytes { others in unsafe bytes.holdsTheSame(as: others) }
        }
    }

    /// Mixes the bytes into `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        unsafe withBytes { unsafe hasher.combine(bytes: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether as many bytes elsewhere are the same: by words, as long as there are whole ones.
    fileprivate func holdsTheSame(as other: UnsafeRawBufferPointer) -> Bool {
        let words = count & ~7
        for place in stride(from: 0, to: words, by: 8) {
            let (word, otherWord) = unsafe (
                loadUnaligned(fromByteOffset: place, as: UInt64.self),
                other.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            )
            if word != otherWord { return false }
        }
        for place in words..<count where unsafe self[place] != other[place] { return false }
        return true
    }
}

extension Array where Element == UInt8 {
    /// A copy that has no spare capacity.
    @usableFromInline init(unsafeUninitializedCopyOf other: [UInt8]) {
        guard !other.isEmpty else {
            self = []
            return
        }
        unsafe self.init(unsafeUninitializedCapacity: other.count) { buffer, count in
            count = unsafe buffer.initialize(fromContentsOf: other)
        }
    }
}

extension Chunk: RandomAccessCollection {
    /// Zero.
    @inlinable public var startIndex: Int { 0 }
    /// How many bytes there are.
    @inlinable public var endIndex: Int {
        switch storage {
        case .array(let array): array.count
        case .lent(_, _, let count): Int(count)
        }
    }
    /// The byte at `index`, which must be in `0..<count`, as for any collection.
    @inlinable public subscript(index: Int) -> UInt8 {
        switch storage {
        case .array(let array): return array[index]
        case .lent(let buffer, let offset, let count):
            precondition(index >= 0 && index < count, "index out of range")
            return unsafe buffer.memory[Int(offset) + index]
        }
    }

    /// Calls `body` with the bytes where they are, and returns what it returns.
    @inlinable public func withContiguousStorageIfAvailable<R>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) rethrows -> R? {
        try unsafe withBytes { try unsafe body($0.assumingMemoryBound(to: UInt8.self)) }
    }

    /// Where a byte is first found: what `firstIndex(of:)` asks, which would look at one byte after the other.
    public func _customIndexOfEquatableElement(_ byte: UInt8) -> Int?? {
        .some(unsafe withBytes { unsafe ByteScan.firstIndex(of: byte, in: $0) })
    }

    /// Copies the bytes at once instead of one after the other: what an array calls that is made of them, or grows by them.
    @inlinable public func _copyContents(
        initializing target: UnsafeMutableBufferPointer<UInt8>
    ) -> (IndexingIterator<Chunk>, Int) {
        let copied = Swift.min(count, target.count)
        unsafe withBytes {
            unsafe UnsafeMutableRawBufferPointer(target).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: $0.prefix(copied)))
        }
        return (IndexingIterator(_elements: self, _position: copied), copied)
    }
}

extension Chunk: ExpressibleByStringLiteral {
    /// The UTF-8 of a literal.
    @inlinable public init(stringLiteral text: String) { self.init(text) }
}

extension Chunk: ExpressibleByArrayLiteral {
    /// The bytes listed.
    @inlinable public init(arrayLiteral elements: UInt8...) { self.init(elements) }
}

extension Chunk: CustomStringConvertible, CustomDebugStringConvertible {
    /// The text the bytes are, as UTF-8; every byte that is no part of a valid character becomes U+FFFD.
    public var description: String { String(decoding: self, as: UTF8.self) }

    /// The bytes in quotes: printable ASCII as it is, the rest escaped as `\n`, `\r`, `\t`, `\"`, `\\` or `\xNN`.
    public var debugDescription: String {
        var text = "\""
        for byte in self { text += Self.escaped(byte) }
        return text + "\""
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\n"): "\\n"
        case UInt8(ascii: "\r"): "\\r"
        case UInt8(ascii: "\t"): "\\t"
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x20..<0x7F: String(UnicodeScalar(byte))
        default: "\\x" + hexadecimal(CollectionOfOne(byte))
        }
    }
}
