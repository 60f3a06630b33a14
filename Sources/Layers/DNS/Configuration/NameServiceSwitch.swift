/// Where a host's names are looked for, in which order: the line `hosts:` of `nsswitch.conf(5)`.
///
/// ```swift
/// let order = NameServiceSwitch(parsing: "hosts: files mdns4_minimal [NOTFOUND=return] dns".utf8)
/// print(order.hosts.map(\.source))  // [files, other("mdns4_minimal"), dns]
/// ```
public struct NameServiceSwitch: Hashable, Sendable {
    /// A place to look.
    public enum Source: Hashable, Sendable {
        /// The hosts file.
        case files
        /// The name servers.
        case dns
        /// A module of the C library's, which is passed over here.
        case other(String)
    }

    /// What came of a look.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        /// It is there.
        case success
        /// It is not there.
        case notFound = "notfound"
        /// The place cannot be looked at.
        case unavailable = "unavail"
        /// It cannot be looked at for the moment.
        case tryAgain = "tryagain"
    }

    /// A place to look, and after what to look no further.
    public struct Step: Hashable, Sendable {
        /// Where to look.
        public var source: Source
        /// What ends the search.
        public var ends: Set<Status>

        /// A place that ends the search when the name is there.
        public init(_ source: Source, ends: Set<Status> = [.success]) {
            self.source = source
            self.ends = ends
        }
    }

    /// The places for names of hosts, in order.
    public var hosts: [Step]

    /// The usual order: the hosts file, then the name servers.
    public init() { hosts = [Step(.files), Step(.dns)] }

    /// Reads a file; the usual order where it has no line `hosts:`, or that names no place.
    public init(parsing bytes: some Sequence<UInt8>) {
        self.init()
        for line in ConfigurationText(hashed: bytes).lines {
            let text = line.words.joined(separator: " ")
            guard text.hasPrefix("hosts:") else { continue }
            let steps = Self.steps(text.dropFirst("hosts:".count))
            if !steps.isEmpty { hosts = steps }
            return
        }
    }

    private static func steps(_ text: Substring) -> [Step] {
        var steps: [Step] = []
        var rest = text
        while let first = rest.first {
            if first == "[" {
                let end = rest.firstIndex(of: "]") ?? rest.endIndex
                let actions = rest[rest.index(after: rest.startIndex)..<end]
                if !steps.isEmpty {
                    for action in actions.split(separator: " ") { steps[steps.count - 1].apply(action) }
                }
                rest = rest[end...].dropFirst()
            } else {
                let word = rest.prefix { $0 != " " && $0 != "[" }
                if !word.isEmpty { steps.append(Step(source(word))) }
                rest = word.isEmpty ? rest.dropFirst() : rest.dropFirst(word.count)
            }
        }
        return steps
    }

    private static func source(_ word: Substring) -> Source {
        switch word {
        case "files": .files
        case "dns": .dns
        default: .other(String(word))
        }
    }
}

extension NameServiceSwitch.Step {
    /// `NOTFOUND=return`, `!UNAVAIL=return`, `SUCCESS=continue`; what means nothing changes nothing.
    fileprivate mutating func apply(_ action: Substring) {
        let parts = action.lowercased().split(separator: "=")
        guard parts.count == 2, parts[1] == "return" || parts[1] == "continue" else { return }
        let isNegated = parts[0].hasPrefix("!")
        guard let status = NameServiceSwitch.Status(rawValue: String(isNegated ? parts[0].dropFirst() : parts[0]))
        else {
            return
        }
        let affected = isNegated ? Set(NameServiceSwitch.Status.allCases).subtracting([status]) : [status]
        if parts[1] == "return" { ends.formUnion(affected) } else { ends.subtract(affected) }
    }
}
