/// Flags of one send or receive: `MSG_*`.
public struct MessageFlags: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The bits Linux's headers give the flags.
    public let rawValue: Int32

    /// Any set of bits, also ones this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}
