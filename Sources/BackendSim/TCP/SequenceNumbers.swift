/// Sequence numbers wrap: one is before another when the shorter way round leads there (RFC 9293, 3.4).
extension UInt32 {
    @inline(__always) func isBefore(_ other: UInt32) -> Bool { Int32(bitPattern: self &- other) < 0 }

    @inline(__always) func isAfter(_ other: UInt32) -> Bool { other.isBefore(self) }
}
