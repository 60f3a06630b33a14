/// The bytes of an option's value or of a control message's payload, in the kernel's own layout (native byte order).
///
/// Up to ``inlineCapacity`` bytes live in the value itself, so integers, booleans, times and addresses never
/// allocate; longer ones live in an array.
public struct OptionBytes: Hashable, Sendable {
    /// The most bytes that are kept without an allocation: room for the largest fixed structures in everyday use,
    /// `struct ipv6_mreq` and `struct in6_pktinfo`.
    public static let inlineCapacity = 24

    // Canonical: bytes beyond `count` are zero, and `overflow` is empty unless `count` exceeds the inline capacity,
    // so that the synthesized equality is equality of bytes.
    private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    private var overflow: [UInt8] = []

    /// How many bytes there are.
    public private(set) var count: Int

    /// Makes `count` zero bytes; a negative count makes none.
    public init(zeros count: Int) {
        self.count = Swift.max(count, 0)
        if self.count > Self.inlineCapacity { overflow = [UInt8](repeating: 0, count: self.count) }
    }

    /// Copies bytes.
    public init(_ bytes: some Collection<UInt8>) {
        self.init(zeros: bytes.count)
        unsafe withUnsafeMutableBytes { buffer in unsafe buffer.copyBytes(from: bytes) }
    }

    /// Copies raw memory.
    public init(copying buffer: UnsafeRawBufferPointer) {
        self.init(zeros: buffer.count)
        unsafe withUnsafeMutableBytes { unsafe $0.copyMemory(from: buffer) }
    }

    /// Offers `capacity` zero bytes to `body`, which fills them and returns how many are valid, as `getsockopt(2)` does.
    ///
    /// The count returned is held to `0...capacity`.
    public init<Failure: Error>(
        capacity: Int, filledBy body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) {
        self.init(zeros: capacity)
        let used = try unsafe withUnsafeMutableBytes(body)
        truncate(to: used)
    }

    /// Calls `body` with the bytes, for reading.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard overflow.isEmpty else {
            return try unsafe overflow.withUnsafeBufferPointer { buffer throws(Failure) in
                try unsafe body(UnsafeRawBufferPointer(buffer))
            }
        }
        let count = self.count
        return try unsafe Swift.withUnsafeBytes(of: words) { raw throws(Failure) in
            try unsafe body(UnsafeRawBufferPointer(rebasing: raw[..<count]))
        }
    }

    /// Calls `body` with the bytes, for writing.
    public mutating func withUnsafeMutableBytes<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard overflow.isEmpty else {
            return try unsafe overflow.withUnsafeMutableBufferPointer { buffer throws(Failure) in
                try unsafe body(UnsafeMutableRawBufferPointer(buffer))
            }
        }
        let count = self.count
        return try unsafe Swift.withUnsafeMutableBytes(of: &words) { raw throws(Failure) in
            try unsafe body(UnsafeMutableRawBufferPointer(rebasing: raw[..<count]))
        }
    }

    /// Keeps the first `length` bytes; a longer length changes nothing, a negative one keeps none.
    public mutating func truncate(to length: Int) {
        let kept = Swift.min(Swift.max(length, 0), count)
        guard kept < count else { return }
        let old = self
        self = OptionBytes(zeros: kept)
        unsafe old.withUnsafeBytes { source in
            unsafe withUnsafeMutableBytes {
                unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<kept]))
            }
        }
    }

    /// Two values are equal when their bytes are.
    public static func == (left: OptionBytes, right: OptionBytes) -> Bool {
        left.count == right.count && left.words == right.words && left.overflow == right.overflow
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        unsafe withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
}

extension OptionBytes {
    /// The integer at `offset` in native byte order, or nil when it does not lie wholly inside.
    package func load<Integer: FixedWidthInteger & BitwiseCopyable>(_ type: Integer.Type, at offset: Int) -> Integer? {
        guard offset >= 0, offset <= count, count - offset >= MemoryLayout<Integer>.size else { return nil }
        return unsafe withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: type) }
    }

    /// Writes an integer in native byte order; one that does not lie wholly inside is not written.
    package mutating func store<Integer: FixedWidthInteger & BitwiseCopyable>(_ value: Integer, at offset: Int) {
        guard offset >= 0, offset <= count, count - offset >= MemoryLayout<Integer>.size else { return }
        unsafe withUnsafeMutableBytes { unsafe $0.storeBytes(of: value, toByteOffset: offset, as: Integer.self) }
    }

    /// Writes bytes at `offset`, as many as fit.
    package mutating func store(contentsOf bytes: some Sequence<UInt8>, at offset: Int) {
        for (index, byte) in bytes.enumerated() { store(byte, at: offset + index) }
    }

    /// The bytes of one integer.
    package init<Integer: FixedWidthInteger & BitwiseCopyable>(integer: Integer) {
        self.init(zeros: MemoryLayout<Integer>.size)
        store(integer, at: 0)
    }

    /// The bytes from `offset` on, at most `length` of them, as a value of their own.
    func slice(at offset: Int, length: Int = .max) -> OptionBytes {
        let start = Swift.min(Swift.max(offset, 0), count)
        let end = start + Swift.min(Swift.max(length, 0), count - start)
        return unsafe withUnsafeBytes { unsafe OptionBytes(copying: UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
    }
}

extension OptionBytes: RandomAccessCollection {
    /// Zero.
    public var startIndex: Int { 0 }
    /// ``count``.
    public var endIndex: Int { count }

    /// The byte at `position`, which must lie in `0..<count`, as for any collection.
    public subscript(position: Int) -> UInt8 {
        precondition(position >= 0 && position < count, "index out of range")
        return unsafe withUnsafeBytes { unsafe $0[position] }
    }
}

extension OptionBytes: ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The bytes listed.
    public init(arrayLiteral elements: UInt8...) { self.init(elements) }

    /// Two hexadecimal digits a byte, without separators.
    public var description: String { hexadecimal(self) }
}
