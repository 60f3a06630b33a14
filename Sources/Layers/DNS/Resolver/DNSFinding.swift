internal import SocketModel

/// What a server's answer to one question says.
enum DNSFinding: Sendable {
    /// The records, whose they are, and by which aliases.
    case records([DNSRecord], name: DNSName, aliases: [DNSName], isAuthentic: Bool)
    /// Only that the name stands for another, of which nothing is said.
    case alias(of: DNSName, aliases: [DNSName])
    case failure(DNSLookupError)
}

/// Reads from an answer what was asked, and nothing else: neither records of other names nor of other sections.
struct DNSFindingReader {
    let message: DNSMessage
    let question: DNSQuestion
    let trustsAuthenticData: Bool

    /// The most aliases on the way to one name.
    static let longestChain = 16

    struct Result {
        var finding: DNSFinding
        /// For how many seconds it is good.
        var timeToLive: UInt32
        /// Whether it is true of all types.
        var isOfAllTypes = false
    }

    func read() -> Result {
        var (name, aliases, timeToLive) = (question.name, [DNSName](), UInt32.max)
        while question.type != .cname, question.type != .any, let (record, target) = alias(of: name) {
            aliases.append(name)
            guard aliases.count <= Self.longestChain, !aliases.contains(target) else {
                return Result(finding: .failure(.aliasLoop), timeToLive: 0)
            }
            timeToLive = min(timeToLive, record.safeTimeToLive)
            name = target
        }
        let records = message.answers.filter { isAsked($0, of: name) }
        if !records.isEmpty {
            for record in records { timeToLive = min(timeToLive, record.safeTimeToLive) }
            let isAuthentic = trustsAuthenticData && message.flags.contains(.authenticData)
            return Result(
                finding: .records(records, name: name, aliases: aliases, isAuthentic: isAuthentic),
                timeToLive: timeToLive)
        }
        let absence = timeOfAbsence(of: name)
        if message.responseCode != .nameError, absence == nil, !aliases.isEmpty {
            return Result(finding: .alias(of: name, aliases: aliases), timeToLive: timeToLive)
        }
        let isMissing = message.responseCode == .nameError
        // By aliases it is another name that does not exist; this one does.
        return Result(
            finding: .failure(isMissing ? .nameError : .noData), timeToLive: min(timeToLive, absence ?? 0),
            isOfAllTypes: isMissing && aliases.isEmpty)
    }

    private func alias(of name: DNSName) -> (DNSRecord, DNSName)? {
        for record in message.answers where record.class == .internet && record.name == name {
            if case .cname(let target) = record.data { return (record, target) }
        }
        return nil
    }

    private func isAsked(_ record: DNSRecord, of name: DNSName) -> Bool {
        record.class == .internet && (record.type == question.type || question.type == .any) && record.name == name
    }

    /// How long it is good that something is not there: as the SOA record of a zone that the name lies in says (RFC 2308, section 5); nil without one.
    private func timeOfAbsence(of name: DNSName) -> UInt32? {
        for record in message.authorities where record.class == .internet && name.isSubdomain(of: record.name) {
            if case .soa(let authority) = record.data { return min(record.safeTimeToLive, authority.minimum) }
        }
        return nil
    }
}

extension DNSRecord {
    /// With its highest bit set it means 0 (RFC 2181, section 8).
    fileprivate var safeTimeToLive: UInt32 { timeToLive > UInt32(Int32.max) ? 0 : timeToLive }
}
