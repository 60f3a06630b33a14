/// Flags of an address look-up: `AI_*`, `hints.ai_flags` of `getaddrinfo(3)`.
public struct AddressInfoFlags: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The bits Linux's headers give the flags.
    public let rawValue: Int32

    /// Any set of bits, also ones this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}
