/// An address family: `AF_*`, the first argument of `socket(2)`.
public struct AddressFamily: RawRepresentable, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The number Linux's headers give it.
    public let rawValue: UInt16

    /// Names any number, also one this package has no name for.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
}
