/// Where a byte is first found: what `memchr` does, 64 bytes at a time.
package enum ByteScan {
    private typealias Lanes = SIMD2<UInt64>

    /// The first place of `byte` from `start` on; nil for none.
    package static func firstIndex(
        of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int = 0
    ) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count else { return nil }
        let pattern = SIMD16<UInt8>(repeating: byte)
        var index = start
        while index &+ 64 <= bytes.count {
            if let place = unsafe place64(pattern, base + index) { return index &+ place }
            index &+= 64
        }
        while index &+ 16 <= bytes.count {
            if let place = unsafe place(in: equal(pattern, base + index)) { return index &+ place }
            index &+= 16
        }
        while index < bytes.count {
            if unsafe bytes[index] == byte { return index }
            index &+= 1
        }
        return nil
    }

    @inline(__always)
    private static func place64(_ pattern: SIMD16<UInt8>, _ base: UnsafeRawPointer) -> Int? {
        let first = unsafe equal(pattern, base)
        let second = unsafe equal(pattern, base + 16)
        let third = unsafe equal(pattern, base + 32)
        let fourth = unsafe equal(pattern, base + 48)
        let any = first | second | third | fourth
        if any[0] | any[1] == 0 { return nil }
        if let place = place(in: first) { return place }
        if let place = place(in: second) { return 16 &+ place }
        if let place = place(in: third) { return 32 &+ place }
        return place(in: fourth).map { 48 &+ $0 }
    }

    /// All bits set for each of 16 bytes that is the pattern's.
    @inline(__always)
    private static func equal(_ pattern: SIMD16<UInt8>, _ base: UnsafeRawPointer) -> Lanes {
        let bytes = unsafe base.loadUnaligned(as: SIMD16<UInt8>.self)
        return unsafe unsafeBitCast(bytes .== pattern, to: Lanes.self)
    }

    @inline(__always)
    private static func place(in equal: Lanes) -> Int? {
        if equal[0] != 0 { return equal[0].littleEndian.trailingZeroBitCount >> 3 }
        if equal[1] != 0 { return 8 &+ equal[1].littleEndian.trailingZeroBitCount >> 3 }
        return nil
    }
}
