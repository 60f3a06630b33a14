/// Received bytes that own their memory.
///
/// A receive that names no memory of its caller returns one. It is a collection of bytes; `String(decoding: chunk, as: UTF8.self)`
/// makes text of it, ``array`` an array without a copy, and every send takes it as it is. Empty means an empty datagram: the end of
/// a stream is nil, never an empty chunk.
public struct Chunk: Sendable, Hashable {
    /// The bytes as an array; no copy is made.
    public let array: [UInt8]

    /// A chunk of these bytes; no copy is made.
    @inlinable public init(_ array: [UInt8]) { self.array = array }

    /// A chunk of a text's UTF-8.
    @inlinable public init(_ text: some StringProtocol) { self.array = Array(text.utf8) }

    /// An empty chunk.
    @inlinable public init() { self.array = [] }

    /// Allocates `capacity` bytes (negative counts as zero), lets `fill` write into them and keeps as many as it says.
    ///
    /// What `fill` leaves unused is given back when it is more than a page.
    ///
    /// - Throws: what `fill` throws.
    @inlinable public init<Failure: Error>(
        capacity: Int, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) {
        var result: Result<Int, Failure> = .success(0)
        var array = unsafe [UInt8](unsafeUninitializedCapacity: Swift.max(capacity, 0)) { buffer, count in
            do throws(Failure) {
                count = Swift.min(Swift.max(try unsafe fill(UnsafeMutableRawBufferPointer(buffer)), 0), buffer.count)
                result = .success(count)
            } catch {
                result = .failure(error)
            }
        }
        _ = try result.get()
        if array.capacity - array.count > 4096 { array = [UInt8](unsafeUninitializedCopyOf: array) }
        self.array = array
    }
}

extension Array where Element == UInt8 {
    /// A copy that has no spare capacity.
    @usableFromInline init(unsafeUninitializedCopyOf other: [UInt8]) {
        unsafe self.init(unsafeUninitializedCapacity: other.count) { buffer, count in
            count = unsafe buffer.initialize(fromContentsOf: other)
        }
    }
}

extension Chunk: RandomAccessCollection {
    /// Zero.
    @inlinable public var startIndex: Int { 0 }
    /// How many bytes there are.
    @inlinable public var endIndex: Int { array.count }
    /// The byte at `index`, which must be in `0..<count`, as for any collection.
    @inlinable public subscript(index: Int) -> UInt8 { array[index] }

    /// Calls `body` with the bytes where they are, and returns what it returns.
    @inlinable public func withContiguousStorageIfAvailable<R>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) rethrows -> R? {
        try unsafe array.withContiguousStorageIfAvailable(body)
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
    public var description: String { String(decoding: array, as: UTF8.self) }

    /// The bytes in quotes: printable ASCII as it is, the rest escaped as `\n`, `\r`, `\t`, `\"`, `\\` or `\xNN`.
    public var debugDescription: String {
        var text = "\""
        for byte in array { text += Self.escaped(byte) }
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
