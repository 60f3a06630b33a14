public import SocketModel

/// The services that a host knows: what `services(5)` says.
///
/// ```swift
/// let services = ServicesFile(parsing: "http 80/tcp www # WorldWideWeb".utf8)
/// print(services.entries[0].aliases)  // ["www"]
/// ```
public struct ServicesFile: Hashable, Sendable {
    /// The lines, of which the first that fits counts.
    public let entries: [ServiceEntry]
    /// The lines that meant nothing.
    public let ignored: [IgnoredLine]

    /// Reads a file.
    public init(parsing bytes: some Sequence<UInt8>) {
        var entries: [ServiceEntry] = []
        var ignored = IgnoredLines()
        for line in ConfigurationText(hashed: bytes).lines {
            if let entry = Self.entry(line.words) { entries.append(entry) } else { ignored.note(line) }
        }
        self.entries = entries
        self.ignored = ignored.lines
    }

    /// These services.
    public init(_ entries: [ServiceEntry]) {
        self.entries = entries
        ignored = []
    }

    private static func entry(_ words: [Substring]) -> ServiceEntry? {
        guard words.count > 1 else { return nil }
        let parts = words[1].split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, let port = UInt16(parts[0]) else { return nil }
        return ServiceEntry(
            name: String(words[0]), port: port, protocol: String(parts[1]),
            aliases: words.dropFirst(2).map { String($0) })
    }
}
