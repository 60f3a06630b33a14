/// A number that the system's headers give a C name, such as an address family.
///
/// A conforming type lists its names once, in ``allNamed``; looking up either way follows from the list.
public protocol SystemNumber: RawRepresentable, Hashable, Sendable where RawValue: FixedWidthInteger & Sendable {
    /// Every C name with the value it stands for. Of names that share a value the usual one comes first.
    static var allNamed: [(cName: String, value: Self)] { get }
}

extension SystemNumber {
    /// The name the headers give the value, such as `AF_INET`; `nil` when they give none.
    @inlinable public var cName: String? {
        Self.allNamed.first { $0.value.rawValue == rawValue }?.cName
    }

    /// The value the headers give that name; `nil` when they give none. Case matters.
    public init?(cName: String) {
        guard let entry = Self.allNamed.first(where: { $0.cName == cName }) else { return nil }
        self = entry.value
    }
}

extension SystemNumber where Self: LosslessStringConvertible {
    /// The C name, or the decimal number where there is none.
    @inlinable public var description: String { cName ?? String(rawValue) }

    /// Reads what ``description`` writes: a C name, or a decimal number; `nil` for anything else.
    public init?(_ description: String) {
        if let named = Self(cName: description) {
            self = named
        } else if let number = RawValue(description), let value = Self(rawValue: number) {
            self = value
        } else {
            return nil
        }
    }
}
