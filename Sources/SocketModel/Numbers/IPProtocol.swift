/// A protocol number: `IPPROTO_*`, the third argument of `socket(2)`.
public struct IPProtocol: RawRepresentable, Hashable, Sendable, Codable, BitwiseCopyable {
    /// The number Linux's headers give it.
    public let rawValue: Int32

    /// Names any number, also one this package has no name for.
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}
