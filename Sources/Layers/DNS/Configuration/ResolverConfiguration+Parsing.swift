internal import SocketModel

extension ResolverConfiguration {
    /// Reads a file `resolv.conf`. What it does not know it passes over, and lists in ``ignored``.
    ///
    /// As glibc reads it: a word of `domain` or `search` replaces those before; the first three servers count; numbers out of bounds become
    /// the nearest bound; `#` and `;` begin a comment at the beginning of a line. Where a file has no `domain` and no `search`, the domain is
    /// what follows the first period of `hostName`.
    public init(parsing bytes: some Sequence<UInt8>, hostName: String = "") {
        self.init()
        var reader = ResolverConfigurationReader(self)
        let text = ConfigurationText(bytes) { byte, isFirst in
            isFirst && (byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";"))
        }
        for line in text.lines where !reader.read(line) { reader.ignored.note(line) }
        self = reader.result(hostName)
    }
}

private struct ResolverConfigurationReader {
    private var configuration: ResolverConfiguration
    private var servers: [SocketAddress] = []
    private var search: [DNSName]?
    var ignored = IgnoredLines()

    init(_ configuration: ResolverConfiguration) { self.configuration = configuration }

    func result(_ hostName: String) -> ResolverConfiguration {
        var configuration = configuration
        if !servers.isEmpty { configuration.servers = servers }
        configuration.search = search ?? Self.domain(of: hostName)
        configuration.ignored = ignored.lines
        return configuration
    }

    private static func domain(of hostName: String) -> [DNSName] {
        guard let period = hostName.firstIndex(of: "."),
            let name = DNSName(String(hostName[hostName.index(after: period)...]))
        else { return [] }
        return [name]
    }

    /// False for a line that means nothing, or not all of it.
    mutating func read(_ line: ConfigurationText.Line) -> Bool {
        let values = line.words.dropFirst()
        switch line.words[0] {
        case "nameserver": return values.first.map { add(server: $0) } ?? false
        case "domain": return setSearch(values.prefix(1))
        case "search": return setSearch(values)
        case "options":
            // All are read, known or not.
            return values.map { set(option: $0) }.allSatisfy { $0 }
        default: return false
        }
    }

    private mutating func add(server text: Substring) -> Bool {
        guard servers.count < ResolverConfiguration.maximumServers, let address = IPAddress(numeric: String(text))
        else {
            return false
        }
        servers.append(SocketAddress(address, port: ResolverConfiguration.port))
        return true
    }

    /// Without a word it changes nothing.
    private mutating func setSearch(_ words: some Collection<Substring>) -> Bool {
        guard !words.isEmpty else { return false }
        let names = words.compactMap { DNSName(String($0)) }
        search = Array(names.prefix(ResolverConfiguration.maximumSearchDomains))
        return names.count == words.count && names.count <= ResolverConfiguration.maximumSearchDomains
    }

    private mutating func set(option: Substring) -> Bool {
        let parts = option.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return set(flag: option) }
        guard let number = Int(parts[1]), number >= 0 else { return false }
        switch parts[0] {
        case "ndots": configuration.dotsForAbsolute = number
        case "timeout": configuration.timeout = .seconds(number)
        case "attempts": configuration.attempts = number
        default: return false
        }
        return true
    }

    private mutating func set(flag: Substring) -> Bool {
        switch flag {
        case "rotate": configuration.rotatesServers = true
        case "use-vc": configuration.alwaysUsesTCP = true
        case "edns0": configuration.usesExtensions = true
        case "single-request", "single-request-reopen": configuration.asksInSequence = true
        case "no-aaaa": configuration.omitsIPv6 = true
        case "trust-ad": configuration.trustsAuthenticData = true
        case "no-tld-query": configuration.neverAsksForTopLevel = true
        default: return false
        }
        return true
    }
}
