/// What tells one started operation from every other: a slot in the caller's table and the generation of its tenant.
///
/// The caller of ``Registration/start(_:token:memory:completing:)`` chooses it, unique among the operations in flight of that socket. Because the generation changes whenever a slot is let again, a late completion or a late cancel misses the next tenant.
public struct Token: Hashable, Sendable, Codable, BitwiseCopyable {
    /// The place in the caller's table.
    public let slot: UInt32
    /// How often that place has been let before.
    public let generation: UInt32

    /// The token of `slot`'s tenant number `generation`.
    @inlinable public init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    /// The token of operations that were executed, not started: nobody has to tell them apart.
    @inlinable public static var executed: Token { Token(slot: .max, generation: .max) }
}
