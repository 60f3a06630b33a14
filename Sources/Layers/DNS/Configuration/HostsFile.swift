public import SocketModel

/// The names and addresses that a host knows by itself: what `hosts(5)` says.
///
/// ```swift
/// let hosts = HostsFile(parsing: "192.0.2.7 server.example.org server # the big one".utf8)
/// print(hosts.addresses(of: "Server"))  // [192.0.2.7]
/// ```
///
/// All lines that have a name count, as they do for glibc's `getaddrinfo`. Case and a period at the end do not matter.
public struct HostsFile: Hashable, Sendable {
    /// The lines: an address, its primary name, and others.
    public let entries: [HostEntry]
    /// The lines that meant nothing.
    public let ignored: [IgnoredLine]

    /// Where a name, or an address, is.
    private let placesOfNames: [String: [Int]]
    private let placeOfAddresses: [IPAddress: Int]

    /// Reads a file.
    public init(parsing bytes: some Sequence<UInt8>) {
        var entries: [HostEntry] = []
        var ignored = IgnoredLines()
        for line in ConfigurationText(hashed: bytes).lines {
            guard line.words.count > 1, let address = IPAddress(numeric: String(line.words[0])) else {
                ignored.note(line)
                continue
            }
            let aliases = line.words.dropFirst(2).map { String($0) }
            entries.append(HostEntry(name: String(line.words[1]), aliases: aliases, addresses: [address]))
        }
        self.init(entries, ignored: ignored.lines)
    }

    /// These lines, each with at least one address.
    public init(_ entries: [HostEntry] = []) { self.init(entries, ignored: []) }

    private init(_ entries: [HostEntry], ignored: [IgnoredLine]) {
        self.entries = entries
        self.ignored = ignored
        var names: [String: [Int]] = [:]
        var addresses: [IPAddress: Int] = [:]
        for (place, entry) in entries.enumerated() {
            for name in [entry.name] + entry.aliases where names[Self.key(name)]?.last != place {
                names[Self.key(name), default: []].append(place)
            }
            for address in entry.addresses where addresses[address] == nil { addresses[address] = place }
        }
        placesOfNames = names
        placeOfAddresses = addresses
    }

    /// The addresses of a name, in the order of the lines; none if it is not there.
    public func addresses(of name: String) -> [IPAddress] { find(name)?.addresses ?? [] }

    /// The primary name and the others of an address, of the first line that has it; none if it is not there.
    public func names(of address: IPAddress) -> [String] {
        placeOfAddresses[address].map { [entries[$0].name] + entries[$0].aliases } ?? []
    }

    package func find(_ name: String) -> FoundName? {
        guard let places = placesOfNames[Self.key(name)], let first = places.first else { return nil }
        var addresses: [IPAddress] = []
        for place in places {
            for address in entries[place].addresses where !addresses.contains(address) { addresses.append(address) }
        }
        return FoundName(name: entries[first].name, aliases: entries[first].aliases, addresses: addresses)
    }

    package func find(_ address: IPAddress) -> FoundName? {
        guard let place = placeOfAddresses[address] else { return nil }
        return FoundName(name: entries[place].name, aliases: entries[place].aliases, addresses: [address])
    }

    private static func key(_ name: String) -> String {
        let bytes = name.utf8.last == UInt8(ascii: ".") ? name.utf8.dropLast() : name.utf8[...]
        return String(decoding: bytes.map(DNSName.folded), as: UTF8.self)
    }
}
