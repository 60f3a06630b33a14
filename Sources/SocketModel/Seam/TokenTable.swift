/// The operations in flight of one owner, found by token: a pure table with a fixed bound.
///
/// A slot is let with ``insert(_:)``, and vacated with ``remove(_:)``, which returns nil for every token but that of the present
/// tenant. A generation comes round after 2³² tenants of one slot.
public struct TokenTable<Tenant> {
    @usableFromInline struct Slot {
        @usableFromInline var generation: UInt32 = 0
        @usableFromInline var tenant: Tenant?

        @usableFromInline init(tenant: Tenant) { self.tenant = tenant }
    }

    @usableFromInline var slots: [Slot] = []
    @usableFromInline var vacant: [UInt32] = []
    /// How many operations may be in flight at once.
    public let capacity: Int

    /// An empty table for at most `capacity` tenants (at least 1, at most 2³¹); memory grows with use.
    @inlinable public init(capacity: Int) { self.capacity = min(max(capacity, 1), 1 << 31) }

    /// How many operations are in flight.
    public var count: Int { slots.count - vacant.count }

    /// Lets a slot, or returns nil when ``capacity`` tenants are in.
    @inlinable public mutating func insert(_ tenant: Tenant) -> Token? {
        if let index = vacant.popLast() {
            slots[Int(index)].tenant = tenant
            return Token(slot: index, generation: slots[Int(index)].generation)
        }
        guard slots.count < capacity else { return nil }
        slots.append(Slot(tenant: tenant))
        return Token(slot: UInt32(slots.count - 1), generation: 0)
    }

    /// The present tenant of that token, or nil when it has left.
    @inlinable public subscript(token: Token) -> Tenant? {
        guard token.slot < slots.count, slots[Int(token.slot)].generation == token.generation else { return nil }
        return slots[Int(token.slot)].tenant
    }

    /// Vacates the token's slot and returns its tenant; nil, and nothing changes, when that tenant has left before.
    @discardableResult @inlinable public mutating func remove(_ token: Token) -> Tenant? {
        guard let tenant = self[token] else { return nil }
        let index = Int(token.slot)
        slots[index].tenant = nil
        slots[index].generation &+= 1
        vacant.append(token.slot)
        return tenant
    }
}

extension TokenTable: Sendable where Tenant: Sendable {}
extension TokenTable.Slot: Sendable where Tenant: Sendable {}
