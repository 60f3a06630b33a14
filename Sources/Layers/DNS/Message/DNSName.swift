/// The name of a domain: labels of 1...63 bytes each, 255 bytes at most as they are on the wire (RFC 1035, section 2.3.4).
///
/// Labels hold any bytes. Two names are equal when they differ in the case of ASCII letters only, which is kept as it was written
/// (RFC 4343). A name is always complete: `www` is the name `www.` below the root.
///
/// ```swift
/// let name = try DNSName(parsing: "www.Example.org")
/// print(name, name.labelCount, name == (try DNSName(parsing: "WWW.example.org.")))  // www.Example.org. 3 true
/// ```
public struct DNSName: Sendable {
    /// Uncompressed, with the empty label at the end: 1...255 bytes.
    let wire: [UInt8]

    /// The longest name on the wire, in bytes: 255.
    public static let maximumLength = 255
    /// The longest label in bytes: 63.
    public static let maximumLabelLength = 63

    /// Bytes that are known to be a name.
    init(wire: [UInt8]) { self.wire = wire }

    /// The root, which has no labels.
    public static let root = DNSName(wire: [0])

    /// The name of these labels, the last nearest to the root.
    ///
    /// - Throws: ``DNSNameError`` for an empty label and for more than fits.
    public init(labels: some Sequence<some Collection<UInt8>>) throws(DNSNameError) {
        var wire: [UInt8] = []
        for label in labels {
            guard !label.isEmpty else { throw DNSNameError(.emptyLabel, at: wire.count) }
            guard label.count <= Self.maximumLabelLength else { throw DNSNameError(.labelTooLong, at: wire.count) }
            wire.append(UInt8(label.count))
            wire.append(contentsOf: label)
            guard wire.count < Self.maximumLength else { throw DNSNameError(.tooLong, at: wire.count) }
        }
        wire.append(0)
        self.wire = wire
    }

    /// How many bytes it takes on the wire without compression, 1...255.
    public var wireLength: Int { wire.count }

    /// Its bytes on the wire without compression.
    public var wireBytes: [UInt8] { wire }

    /// Whether it is the root.
    public var isRoot: Bool { wire.count == 1 }

    /// How many labels it has; the root has none.
    public var labelCount: Int {
        var count = 0
        var index = 0
        while wire[index] != 0 {
            count += 1
            index += Int(wire[index]) + 1
        }
        return count
    }

    /// Its labels, the last nearest to the root.
    public var labels: [ArraySlice<UInt8>] {
        var labels: [ArraySlice<UInt8>] = []
        var index = 0
        while wire[index] != 0 {
            let end = index + 1 + Int(wire[index])
            labels.append(wire[index + 1..<end])
            index = end
        }
        return labels
    }

    /// The name without its first label; nil for the root.
    public var parent: DNSName? {
        isRoot ? nil : DNSName(wire: Array(wire[(1 + Int(wire[0]))...]))
    }

    /// Whether it is `other` or lies below it; everything lies below the root.
    public func isSubdomain(of other: DNSName) -> Bool {
        let start = wire.count - other.wire.count
        guard start >= 0 else { return false }
        var index = 0
        while index < start { index += Int(wire[index]) + 1 }
        return index == start && Self.areEqual(wire[start...], other.wire[...])
    }

    /// The labels of this name, and below them, nearer to the root, those of another: `www` and `example.org` make `www.example.org`.
    ///
    /// - Throws: ``DNSNameError`` when that is too long.
    public func appending(_ domain: DNSName) throws(DNSNameError) -> DNSName {
        let wire = wire.dropLast() + domain.wire
        guard wire.count <= Self.maximumLength else { throw DNSNameError(.tooLong, at: self.wire.count - 1) }
        return DNSName(wire: Array(wire))
    }

    /// With all ASCII letters in lower case.
    public var lowercased: DNSName { DNSName(wire: wire.map(Self.folded)) }
}

extension DNSName: Hashable {
    /// Whether the names are the same but for the case of ASCII letters.
    public static func == (left: DNSName, right: DNSName) -> Bool { areEqual(left.wire[...], right.wire[...]) }

    /// Hashes what names that are equal have in common.
    public func hash(into hasher: inout Hasher) {
        for byte in wire { hasher.combine(Self.folded(byte)) }
    }

    private static func areEqual(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).allSatisfy { $0 == $1 || folded($0) == folded($1) }
    }

    /// Lengths of labels are below all letters, so that they may be folded, too.
    static func folded(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// Whether the bytes are the same, case and all.
    func isIdentical(to other: DNSName) -> Bool { wire == other.wire }
}
